//! Many documents at once: rayon runs them in parallel, and the output keeps the input's order.

use rayon::prelude::*;

use crate::document::Document;
use crate::pipeline::{Pipeline, Scratch};

/// Processes a batch on the current rayon pool; results stand in the order of `documents`.
pub fn process_all(pipeline: &Pipeline, documents: Vec<Document>) -> Vec<Document> {
    documents
        .into_par_iter()
        .map_init(Scratch::default, |scratch, doc| {
            pipeline.process_document(doc, scratch)
        })
        .collect()
}
