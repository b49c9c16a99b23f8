//! A release: two jobs that are polled one after the other, and a clean-up.
use std::time::Duration;

use stepwright::prelude::*;

use super::Edit;

#[derive(Clone, Serialize, Deserialize, JsonSchema, Data)]
pub enum Status {
    Running,
    Done { url: String },
    Broken,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema, TaskError)]
pub enum Failed {
    Build,
    Deploy { url: String },
    Nowhere,
}

#[task]
pub async fn start(what: String) -> String {
    what
}

#[task]
pub async fn status(job: String) -> Status {
    Status::Done { url: job }
}

#[task]
pub async fn deploy(url: String) -> Result<String, Failed> {
    Ok(url)
}

#[task]
pub async fn healthy(url: String) -> bool {
    !url.is_empty()
}

#[task]
pub async fn roll_back(url: String) {
    let _ = url;
}

#[task]
pub async fn announce(url: String) {
    let _ = url;
}

#[task]
pub async fn note(what: String) {
    let _ = what;
}

#[workflow]
pub async fn release(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let site = deploy(url).await?;
    let mut checks = 0;
    while !healthy(site.clone()).await {
        checks += 1;
        if checks == 5 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

#[workflow]
pub async fn announced_job(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    note(job.clone()).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let site = deploy(url).await?;
    let mut checks = 0;
    while !healthy(site.clone()).await {
        checks += 1;
        if checks == 5 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

#[workflow]
pub async fn announced_checks(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let site = deploy(url).await?;
    let mut checks = 0;
    while !healthy(site.clone()).await {
        note(site.clone()).await;
        checks += 1;
        if checks == 5 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

#[workflow]
pub async fn settled(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let site = deploy(url).await?;
    sleep(Duration::from_secs(10)).await;
    let mut checks = 0;
    while !healthy(site.clone()).await {
        checks += 1;
        if checks == 5 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

#[workflow]
pub async fn checked(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let site = deploy(url).await?;
    if site.is_empty() {
        return Err(Failed::Nowhere);
    }
    let mut checks = 0;
    while !healthy(site.clone()).await {
        checks += 1;
        if checks == 5 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

#[workflow]
pub async fn kept(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let site = deploy(url).await?;
    let mut checks = 0;
    while !healthy(site.clone()).await {
        checks += 1;
        if checks == 5 {
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

#[workflow]
pub async fn quiet(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let site = deploy(url).await?;
    let mut checks = 0;
    while !healthy(site.clone()).await {
        checks += 1;
        if checks == 5 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    Ok(site)
}

#[workflow]
pub async fn slower(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(45)).await,
        }
    };
    let site = deploy(url).await?;
    let mut checks = 0;
    while !healthy(site.clone()).await {
        checks += 1;
        if checks == 5 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

#[workflow]
pub async fn patient(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let site = deploy(url).await?;
    let mut checks = 0;
    while !healthy(site.clone()).await {
        checks += 1;
        if checks == 8 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

#[workflow]
pub async fn renamed(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let site = deploy(url).await?;
    let mut tries = 0;
    while !healthy(site.clone()).await {
        tries += 1;
        if tries == 5 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

#[workflow]
pub async fn counted_first(revision: String) -> Result<String, Failed> {
    let job = start(revision).await;
    let url = loop {
        match status(job.clone()).await {
            Status::Done { url } => break url,
            Status::Broken => return Err(Failed::Build),
            Status::Running => sleep(Duration::from_secs(30)).await,
        }
    };
    let mut checks = 0;
    let site = deploy(url).await?;
    while !healthy(site.clone()).await {
        checks += 1;
        if checks == 5 {
            roll_back(site.clone()).await;
            return Err(Failed::Deploy { url: site });
        }
        sleep(Duration::from_secs(30)).await;
    }
    announce(site.clone()).await;
    Ok(site)
}

edits! { release:
    "insert a call before a loop" => announced_job;
    "insert a call into a loop" => announced_checks;
    "insert a wait" => settled;
    "insert a check" => checked;
    "remove a call from a branch" => kept;
    "remove the last call" => quiet;
    "change a wait" => slower;
    "change a bound" => patient;
    "rename the counter of a loop" => renamed;
    "swap a call and a loop counter" => counted_first;
}
