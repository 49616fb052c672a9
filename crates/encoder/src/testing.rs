//! A model so small that tests can make it up.

/// Numbers per token.
pub(crate) const WIDTH: usize = 32;
/// Most tokens of a text.
pub(crate) const CONTEXT: usize = 8;
/// Bytes of the file before its tensors, at most.
pub(crate) const HEADER: usize = 1_600;

const PIECES: [(&str, f64); 10] = [
    ("<s>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -2.0),
    ("修", -6.0),
    ("路", -6.0),
    ("供", -6.0),
    ("水", -6.0),
    ("修路", -7.0),
    ("供水", -7.0),
];

/// A `tokenizer.json` of ten pieces.
pub(crate) fn tokenizer() -> Vec<u8> {
    let pieces = PIECES.map(|(piece, score)| format!("[\"{piece}\", {score}]"));
    let pieces = pieces.join(", ");
    format!(r#"{{"model": {{"type": "Unigram", "unk_id": 2, "vocab": [{pieces}]}}}}"#).into_bytes()
}

/// A GGUF file of one layer, for [`tokenizer`].
pub(crate) fn weights() -> Vec<u8> {
    let mut file = Writer::default();
    file.matrix("embeddings.word_embeddings.weight", PIECES.len());
    file.floats("embeddings.position_embeddings.weight", CONTEXT);
    file.floats("embeddings.token_type_embeddings.weight", 2);
    file.norm("embeddings.LayerNorm");
    for name in [
        "attention.self.query",
        "attention.self.key",
        "attention.self.value",
        "attention.output.dense",
        "intermediate.dense",
        "output.dense",
    ] {
        file.matrix(&format!("encoder.layer.0.{name}.weight"), WIDTH);
        file.floats(&format!("encoder.layer.0.{name}.bias"), 1);
    }
    file.norm("encoder.layer.0.attention.output.LayerNorm");
    file.norm("encoder.layer.0.output.LayerNorm");
    file.finish()
}

#[derive(Default)]
struct Writer {
    tensors: u64,
    list: Vec<u8>,
    data: Vec<u8>,
    random: u32,
}

impl Writer {
    fn matrix(&mut self, name: &str, rows: usize) {
        self.describe(name, rows, 8);
        for _ in 0..rows {
            // One block a row: the half 0.03125, then signed bytes.
            self.data.extend([0x00, 0x28]);
            for _ in 0..WIDTH {
                let byte = self.next();
                self.data.push(byte);
            }
        }
        self.align();
    }

    fn floats(&mut self, name: &str, rows: usize) {
        self.describe(name, rows, 0);
        for _ in 0..rows * WIDTH {
            let number = f32::from(self.next() as i8) / 256.0;
            self.data.extend(number.to_le_bytes());
        }
        self.align();
    }

    fn norm(&mut self, name: &str) {
        self.describe(&format!("{name}.weight"), 1, 0);
        self.data.extend(1f32.to_le_bytes().repeat(WIDTH));
        self.align();
        self.floats(&format!("{name}.bias"), 1);
    }

    fn describe(&mut self, name: &str, rows: usize, kind: u32) {
        self.tensors += 1;
        text(&mut self.list, name);
        self.list.extend(2u32.to_le_bytes());
        self.list.extend((WIDTH as u64).to_le_bytes());
        self.list.extend((rows as u64).to_le_bytes());
        self.list.extend(kind.to_le_bytes());
        self.list.extend((self.data.len() as u64).to_le_bytes());
    }

    fn align(&mut self) {
        self.data.resize(self.data.len().next_multiple_of(32), 0);
    }

    fn next(&mut self) -> u8 {
        let next = self.random.wrapping_mul(1_664_525);
        self.random = next.wrapping_add(1_013_904_223);
        (self.random >> 24) as u8
    }

    fn finish(self) -> Vec<u8> {
        let numbers = [
            ("bert.embedding_length", WIDTH),
            ("bert.attention.head_count", 2),
            ("bert.block_count", 1),
            ("bert.feed_forward_length", WIDTH),
            ("bert.context_length", CONTEXT),
        ];
        let mut file = b"GGUF\x03\0\0\0".to_vec();
        file.extend(self.tensors.to_le_bytes());
        file.extend((numbers.len() as u64 + 1).to_le_bytes());
        text(&mut file, "general.name");
        file.extend(8u32.to_le_bytes());
        text(&mut file, "tiny");
        for (key, number) in numbers {
            text(&mut file, key);
            file.extend(4u32.to_le_bytes());
            file.extend((number as u32).to_le_bytes());
        }
        file.extend(&self.list);
        file.resize(file.len().next_multiple_of(32), 0);
        file.extend(&self.data);
        file
    }
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
}
