//! A small HTTP server for what the programs talk to.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread,
};

pub struct Request {
    pub method: String,
    pub path: String,
    /// By their names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

pub struct Response {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

/// Answers requests, each connection in a thread of its own; where there is no answer the connection ends.
pub fn serve(answer: impl Fn(Request) -> Option<Response> + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answer = answer.clone();
            thread::spawn(move || {
                let mut reader = BufReader::new(connection.try_clone().unwrap());
                while let Some(response) = read(&mut reader).and_then(|request| answer(request)) {
                    if write(&connection, &response).is_err() {
                        break;
                    }
                }
            });
        }
    });
    address
}

fn read(from: &mut impl BufRead) -> Option<Request> {
    let first = line(from)?;
    let (method, rest) = first.split_once(' ')?;
    let path = rest.split(' ').next()?;
    let mut headers = BTreeMap::new();
    loop {
        let header = line(from)?;
        let Some((name, value)) = header.split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    assert!(!headers.contains_key("transfer-encoding"), "the body of {first} has no length");
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).unwrap();
    Some(Request { method: method.to_owned(), path: path.to_owned(), headers, body })
}

fn line(from: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    (from.read_line(&mut line).ok()? > 0).then(|| line.trim_end().to_owned())
}

fn write(mut to: &TcpStream, Response { status, headers, body }: &Response) -> std::io::Result<()> {
    let mut text = format!("HTTP/1.1 {status} Answer\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    to.write_all(format!("{text}\r\n{body}").as_bytes())
}
