//! Accounts in a table: items from structs and back, conditions whose failures are errors of the workflow.

use std::collections::BTreeMap;

use stepwright::{
    aws::dynamodb::{
        AttributeValue, DeleteItemError, DeleteItemRequest, GetItemError, GetItemRequest, PutItemError, PutItemRequest,
        ReturnValue, UpdateItemError, UpdateItemRequest, delete_item, from_item, get_item, item, put_item, update_item,
    },
    prelude::*,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Data)]
pub struct Account {
    pub id: String,
    pub owner: String,
    pub balance: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, TaskError, thiserror::Error)]
pub enum OpenError {
    #[error("account {id} is there already")]
    Taken { id: String },
    #[error("{0}")]
    Table(#[from] PutItemError),
}

/// Writes a new account; one that is there is left alone.
#[workflow]
pub async fn open_account(account: Account) -> Result<String, OpenError> {
    let request = PutItemRequest {
        table_name: "accounts".to_owned(),
        item: item(&account),
        condition_expression: Some("attribute_not_exists(id)".to_owned()),
        ..Default::default()
    };
    match put_item(request).await {
        Ok(_) => Ok(account.id),
        Err(PutItemError::ConditionalCheckFailed(_)) => Err(OpenError::Taken { id: account.id }),
        Err(error) => Err(error.into()),
    }
}

/// Reads an account.
#[workflow]
pub async fn find_account(id: String) -> Result<Option<Account>, GetItemError> {
    let request = GetItemRequest {
        table_name: "accounts".to_owned(),
        key: BTreeMap::from([("id".to_owned(), AttributeValue::S(id))]),
        consistent_read: Some(true),
        ..Default::default()
    };
    let found = get_item(request).await?;
    Ok(found.item.map(|item| from_item::<Account>(&item)))
}

/// Takes money off an account that has enough of it, and tells the account as it is then.
#[workflow]
pub async fn withdraw(id: String, amount: i64) -> Result<Option<Account>, UpdateItemError> {
    let request = UpdateItemRequest {
        table_name: "accounts".to_owned(),
        key: BTreeMap::from([("id".to_owned(), AttributeValue::S(id))]),
        update_expression: Some("SET balance = balance - :amount".to_owned()),
        condition_expression: Some("balance >= :amount".to_owned()),
        expression_attribute_values: Some(BTreeMap::from([(
            ":amount".to_owned(),
            AttributeValue::N(amount.to_string()),
        )])),
        return_values: Some(ReturnValue::ALL_NEW.to_owned()),
        ..Default::default()
    };
    match update_item(request).await {
        Ok(updated) => Ok(updated.attributes.map(|item| from_item::<Account>(&item))),
        Err(UpdateItemError::ConditionalCheckFailed(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Deletes an account, and tells whether it was there.
#[workflow]
pub async fn close_account(id: String) -> Result<bool, DeleteItemError> {
    let request = DeleteItemRequest {
        table_name: "accounts".to_owned(),
        key: BTreeMap::from([("id".to_owned(), AttributeValue::S(id))]),
        return_values: Some(ReturnValue::ALL_OLD.to_owned()),
        ..Default::default()
    };
    let deleted = delete_item(request).await?;
    Ok(deleted.attributes.is_some())
}
