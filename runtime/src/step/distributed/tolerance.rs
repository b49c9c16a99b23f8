//! How many failures a distributed Map puts up with.

use serde_json::Number;
use stepwright_asl as asl;

use crate::compile::Compiler;
use crate::error::EvaluationError;
use crate::io::Field;
use crate::query::View;

#[derive(Debug)]
pub(crate) struct ToleranceFields {
    count: Option<Field<u64>>,
    percentage: Option<Field<Number>>,
}

/// The evaluated bounds; breaking any of them fails the Map Run.
#[derive(Debug, PartialEq)]
pub(super) struct Tolerance {
    count: Option<usize>,
    percentage: Option<f64>,
}

impl ToleranceFields {
    pub(crate) fn compile(compiler: &mut Compiler<'_>, map: &asl::Map) -> ToleranceFields {
        ToleranceFields {
            count: Field::compile_or_path(
                compiler,
                "ToleratedFailureCount",
                map.tolerated_failure_count.as_ref(),
                map.tolerated_failure_count_path.as_deref(),
            ),
            percentage: Field::compile_or_path(
                compiler,
                "ToleratedFailurePercentage",
                map.tolerated_failure_percentage.as_ref(),
                map.tolerated_failure_percentage_path.as_deref(),
            ),
        }
    }

    pub(super) fn eval(&self, view: &View<'_>) -> Result<Tolerance, EvaluationError> {
        let count = self.count.as_ref().map(|count| count.eval_signed(view)).transpose()?;
        let count = count.map(|count| {
            usize::try_from(count).map_err(|_| EvaluationError::runtime("ToleratedFailureCount cannot be negative."))
        });
        let percentage = self.percentage.as_ref().map(|percentage| percentage.eval(view)).transpose()?;
        if percentage.is_some_and(|percentage| !(0.0..=100.0).contains(&percentage)) {
            return Err(EvaluationError::runtime("ToleratedFailurePercentage must be between 0 and 100."));
        }
        let count = count.transpose()?;
        view.show(|seen| {
            seen.tolerated_failure_count = count;
            seen.tolerated_failure_percentage = percentage;
        });
        Ok(Tolerance { count, percentage })
    }
}

impl Tolerance {
    /// Whether the state says how many failures it tolerates.
    pub(super) fn is_stated(&self) -> bool {
        self.count.is_some() || self.percentage.is_some()
    }

    /// Whether so many failures among so many items are too many.
    pub(super) fn is_breached(&self, failed: usize, total: usize) -> bool {
        #[expect(clippy::cast_precision_loss, reason = "no data set is that large")]
        let percent = failed as f64 * 100.0 / total.max(1) as f64;
        match (self.count, self.percentage) {
            (None, None) => failed > 0,
            (count, percentage) => {
                count.is_some_and(|count| failed > count) || percentage.is_some_and(|bound| percent > bound)
            }
        }
    }
}
