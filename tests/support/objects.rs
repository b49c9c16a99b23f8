//! The objects that all cases find in S3.

use stepwright::MemoryObjects;

pub(crate) fn objects() -> MemoryObjects {
    let objects = MemoryObjects::new();
    objects.insert("in", "people.csv", "name,city\nAda,London\n\"Grace, too\",Arlington\nAlan,\n");
    objects.insert("in", "numbers.json", "[3, 1, 4, 1, 5, 9, 2, 6]");
    objects.insert("in", "lines.jsonl", "{\"id\": \"a\", \"count\": 1}\n{\"id\": \"b\", \"count\": 20}\n");
    for (name, size) in [("a", 3), ("b", 0), ("c", 7)] {
        objects.insert("in", &format!("images/{name}.png"), vec![0; size]);
    }
    objects.insert("in", "other.txt", "not an image");
    objects.insert("out", "before", "");
    objects
}
