// SPDX-License-Identifier: Apache-2.0
// The driver of tantivy; what it must do is in ../README.md.
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions, FAST, STRING,
};
use tantivy::tokenizer::RAW_TOKENIZER_NAME;
use tantivy::{DocAddress, DocId, Index, IndexReader, IndexWriter, ReloadPolicy, Score, Searcher, SegmentReader, TantivyDocument, Term};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const FACETS: [&str; 3] = ["country", "fund", "year"];
const CASES: [&str; 14] = [
    "or10", "or100", "and10", "phrase10", "prefix10", "fuzzy10", "or10-country", "or10-facets3", "count", "open", "commit",
    "threads2", "busy", "memory",
];
const MEMORY: usize = 1 << 30;

struct Asked {
    words: Vec<String>,
    phrase: Vec<String>,
    prefix: String,
    wrong: String,
    country: String,
}

fn queries(path: &str) -> Result<Vec<Asked>> {
    let split = |cell: &str| cell.split(' ').map(str::to_string).collect::<Vec<_>>();
    Ok(fs::read_to_string(path)?
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Asked {
                words: split(cells[0]),
                phrase: split(cells[1]),
                prefix: cells[2].to_string(),
                wrong: cells[3].to_string(),
                country: cells[4].to_string(),
            }
        })
        .collect())
}

#[derive(Clone, Copy)]
struct Fields {
    number: Field,
    facets: [Field; 3],
    day: Field,
    amount: Field,
    text: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let column = || TextOptions::default().set_fast(RAW_TOKENIZER_NAME);
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        number: schema.add_u64_field("number", number()),
        facets: [
            schema.add_text_field("country", STRING | FAST),
            schema.add_text_field("fund", column()),
            schema.add_text_field("year", column()),
        ],
        day: schema.add_i64_field("day", number()),
        amount: schema.add_i64_field("amount", number()),
        text: schema.add_text_field("text", text),
    };
    (schema.build(), fields)
}

fn document(fields: &Fields, cells: &[&str]) -> Result<TantivyDocument> {
    let mut document = TantivyDocument::default();
    document.add_u64(fields.number, cells[0].parse()?);
    for (facet, field) in fields.facets.iter().enumerate() {
        document.add_text(*field, cells[1 + facet]);
    }
    document.add_i64(fields.day, cells[4].parse()?);
    document.add_i64(fields.amount, cells[5].parse()?);
    document.add_text(fields.text, cells[6]);
    Ok(document)
}

fn folder_bytes(folder: &str) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        bytes += entry?.metadata()?.len();
    }
    Ok(bytes)
}

fn build(documents: &str, folder: &str) -> Result<()> {
    let started = Instant::now();
    fs::create_dir_all(folder)?;
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    let mut count = 0;
    for line in BufReader::with_capacity(1 << 20, fs::File::open(documents)?).lines() {
        let line = line?;
        let cells: Vec<&str> = line.split('\t').collect();
        writer.add_document(document(&fields, &cells)?)?;
        count += 1;
    }
    writer.commit()?;
    let merging = Instant::now();
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    println!(
        "{{\"seconds\": {:.4}, \"merge_seconds\": {:.4}, \"documents\": {}, \"bytes\": {}}}",
        started.elapsed().as_secs_f64(),
        merging.elapsed().as_secs_f64(),
        count,
        folder_bytes(folder)?
    );
    Ok(())
}

// ---- queries ----

/// An opened index.
struct Engine {
    reader: IndexReader,
    fields: Fields,
}

fn open(index: &Index) -> Result<Engine> {
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(Engine { reader, fields: schema().1 })
}

fn word(fields: &Fields, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(fields.text, word), IndexRecordOption::WithFreqs))
}

fn words(fields: &Fields, asked: &Asked, occur: Occur) -> BooleanQuery {
    BooleanQuery::new(asked.words.iter().map(|text| (occur, word(fields, text))).collect())
}

fn query(fields: &Fields, case: &str, asked: &Asked) -> Box<dyn Query> {
    let term = |text: &str| Term::from_field_text(fields.text, text);
    match case {
        "and10" => Box::new(words(fields, asked, Occur::Must)),
        "phrase10" if asked.phrase.len() > 1 => {
            Box::new(PhraseQuery::new(asked.phrase.iter().map(|text| term(text)).collect()))
        }
        "phrase10" => asked.phrase.first().map_or_else(|| Box::new(EmptyQuery) as Box<dyn Query>, |text| word(fields, text)),
        "prefix10" => {
            // With no other word before it this is a range of the dictionary.
            let mut query = PhrasePrefixQuery::new(vec![term(&asked.prefix)]);
            query.set_max_expansions(u32::MAX);
            Box::new(query)
        }
        "fuzzy10" => Box::new(FuzzyTermQuery::new(term(&asked.wrong), 1, false)),
        "or10-country" => {
            let country = TermQuery::new(
                Term::from_field_text(fields.facets[0], &asked.country),
                IndexRecordOption::Basic,
            );
            Box::new(BooleanQuery::new(vec![
                (Occur::Must, Box::new(words(fields, asked, Occur::Should))),
                (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(country), 0.0))),
            ]))
        }
        _ => Box::new(words(fields, asked, Occur::Should)),
    }
}

/// The best documents as the host knows them: by the column with their number.
fn top(searcher: &Searcher, query: &dyn Query, depth: usize) -> Result<Vec<(Score, u64)>> {
    hits(searcher, searcher.search(query, &TopDocs::with_limit(depth).order_by_score())?)
}

fn hits(searcher: &Searcher, found: Vec<(Score, DocAddress)>) -> Result<Vec<(Score, u64)>> {
    let mut columns: Vec<Option<Column<u64>>> = vec![None; searcher.segment_readers().len()];
    let mut hits = Vec::with_capacity(found.len());
    for (score, address) in found {
        let segment = address.segment_ord as usize;
        if columns[segment].is_none() {
            columns[segment] = Some(searcher.segment_reader(address.segment_ord).fast_fields().u64("number")?);
        }
        let number = columns[segment].as_ref().and_then(|column| column.first(address.doc_id));
        hits.push((score, number.ok_or("a document without a number")?));
    }
    Ok(hits)
}

/// Counts of every value of the three facets, by a pass of its own without scores: quicker than scoring every
/// match of the pass that looks for the best ten.
struct Facets;

struct SegmentFacets {
    columns: Vec<StrColumn>,
    counts: Vec<Vec<u64>>,
    ordinals: Vec<u64>,
    total: u64,
}

struct Counted {
    columns: Vec<StrColumn>,
    counts: Vec<Vec<u64>>,
    total: u64,
}

impl Collector for Facets {
    type Fruit = Vec<Counted>;
    type Child = SegmentFacets;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> tantivy::Result<SegmentFacets> {
        let mut columns = Vec::new();
        for facet in FACETS {
            columns.push(segment.fast_fields().str(facet)?.expect("the column of a facet"));
        }
        let counts = columns.iter().map(|column| vec![0; column.num_terms()]).collect();
        Ok(SegmentFacets { columns, counts, ordinals: vec![0; 4096], total: 0 })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Counted>) -> tantivy::Result<Vec<Counted>> {
        Ok(fruits)
    }
}

impl SegmentCollector for SegmentFacets {
    type Fruit = Counted;

    fn collect(&mut self, document: DocId, _: Score) {
        self.collect_block(&[document]);
    }

    fn collect_block(&mut self, documents: &[DocId]) {
        self.total += documents.len() as u64;
        for part in documents.chunks(self.ordinals.len()) {
            let ordinals = &mut self.ordinals[..part.len()];
            for (column, counts) in self.columns.iter().zip(&mut self.counts) {
                // Every document has one value, so documents are rows.
                column.ords().values.get_vals(part, ordinals);
                for &ordinal in ordinals.iter() {
                    counts[ordinal as usize] += 1;
                }
            }
        }
    }

    fn harvest(self) -> Counted {
        Counted { columns: self.columns, counts: self.counts, total: self.total }
    }
}

fn ask(engine: &Engine, searcher: &Searcher, case: &str, asked: &Asked) -> Result<()> {
    let query = query(&engine.fields, case, asked);
    match case {
        "count" => {
            black_box(searcher.search(&query, &Count)?);
        }
        "or10-facets3" => {
            black_box(top(searcher, &query, 10)?);
            black_box(searcher.search(&query, &Facets)?);
        }
        "prefix10" => {
            let (total, found) = searcher.search(&query, &(Count, TopDocs::with_limit(10).order_by_score()))?;
            black_box((total, hits(searcher, found)?));
        }
        "or100" => {
            black_box(top(searcher, &query, 100)?);
        }
        _ => {
            black_box(top(searcher, &query, 10)?);
        }
    }
    Ok(())
}

fn answers(engine: &Engine, case: &str, queries: &[Asked], depth: usize, file: &str) -> Result<()> {
    let searcher = engine.reader.searcher();
    let mut out = std::io::BufWriter::new(fs::File::create(file)?);
    for asked in queries {
        let query = query(&engine.fields, case, asked);
        let mut line = format!("{}\t", searcher.search(&query, &Count)?);
        if depth > 0 {
            for (score, number) in top(&searcher, &query, depth)? {
                write!(line, "{number}:{score} ")?;
            }
        }
        if case == "or10-facets3" {
            let mut sums = BTreeMap::new();
            let mut name = String::new();
            for segment in searcher.search(&query, &Facets)? {
                for ((facet, column), counts) in FACETS.iter().zip(&segment.columns).zip(&segment.counts) {
                    for (ordinal, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                        column.ord_to_str(ordinal as u64, &mut name)?;
                        *sums.entry(format!("{facet}:{name}")).or_insert(0) += count;
                    }
                }
                black_box(segment.total);
            }
            for (value, count) in sums {
                write!(line, "\t{value}:{count}")?;
            }
        }
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(())
}

// ---- measuring ----

fn percentile(sorted: &[f64], part: f64) -> f64 {
    sorted[((part * sorted.len() as f64).ceil() as usize).max(1) - 1]
}

fn micros(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e6
}

fn report(case: &str, mut times: Vec<f64>, passes: usize) {
    times.sort_by(f64::total_cmp);
    println!(
        "{{\"case\": \"{case}\", \"mean_us\": {:.3}, \"p99_us\": {:.3}, \"queries\": {}, \"repeats\": {passes}}}",
        times.iter().sum::<f64>() / times.len() as f64,
        percentile(&times, 0.99),
        times.len()
    );
}

fn time(engine: &Engine, case: &str, queries: &[Asked], options: &Options) -> Result<()> {
    let searcher = engine.reader.searcher();
    let started = Instant::now();
    for asked in queries.iter().cycle().take(options.warm.unwrap_or(2) * queries.len()) {
        if started.elapsed().as_secs_f64() > options.budget {
            break;
        }
        ask(engine, &searcher, case, asked)?;
    }
    let mut times = vec![Vec::new(); queries.len()];
    let started = Instant::now();
    for pass in 0..options.repeat.unwrap_or(9) {
        if pass > 0 && started.elapsed().as_secs_f64() > options.budget {
            break;
        }
        for (asked, times) in queries.iter().zip(&mut times) {
            let before = Instant::now();
            ask(engine, &searcher, case, asked)?;
            times.push(micros(before));
        }
    }
    let passes = times[0].len();
    let medians = times
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[passes / 2]
        })
        .collect();
    report(case, medians, passes);
    Ok(())
}

fn throughput(engine: &Engine, queries: &[Asked], threads: usize, seconds: f64) -> Result<f64> {
    let done = AtomicU64::new(0);
    let until = Instant::now() + Duration::from_secs_f64(seconds);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads)
            .map(|number| {
                let done = &done;
                scope.spawn(move || -> Result<()> {
                    let searcher = engine.reader.searcher();
                    let mut at = number * queries.len() / threads;
                    let mut own = 0;
                    while Instant::now() < until {
                        ask(engine, &searcher, "or10", &queries[at % queries.len()])?;
                        at += 1;
                        own += 1;
                    }
                    done.fetch_add(own, Ordering::Relaxed);
                    Ok(())
                })
            })
            .collect();
        all.into_iter().try_for_each(|thread| thread.join().expect("a thread that ends"))
    })?;
    Ok(done.into_inner() as f64 / seconds)
}

fn threads2(engine: &Engine, queries: &[Asked], options: &Options) -> Result<()> {
    let slot = options.part() / 5.0;
    throughput(engine, queries, 2, slot)?;
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        one.push(throughput(engine, queries, 1, slot)?);
        two.push(throughput(engine, queries, 2, slot)?);
    }
    one.sort_by(f64::total_cmp);
    two.sort_by(f64::total_cmp);
    println!(
        "{{\"case\": \"threads2\", \"one_qps\": {:.1}, \"two_qps\": {:.1}, \"ratio\": {:.4}}}",
        one[2],
        two[2],
        two[2] / one[2]
    );
    Ok(())
}

/// A copy of the index to write to, removed with it.
struct Copied(PathBuf);

impl Copied {
    fn of(folder: &str) -> Result<Copied> {
        let copy = PathBuf::from(format!("{folder}.copy"));
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        fs::create_dir_all(&copy)?;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().ends_with(".lock") {
                fs::copy(entry.path(), copy.join(entry.file_name()))?;
            }
        }
        Ok(Copied(copy))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn written(fields: &Fields, number: u64, like: &Asked) -> Result<TantivyDocument> {
    let named = (1_000_000_000 + number).to_string();
    let text = format!("{} koinon{number}", like.words.join(" "));
    document(fields, &[&named, &like.country, "-", "2026", "20000", "100", &text])
}

fn commit(folder: &str, queries: &[Asked], options: &Options) -> Result<()> {
    let copy = Copied::of(folder)?;
    let index = Index::open_in_dir(copy.path())?;
    let engine = open(&index)?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 64 << 20)?;
    let warm = options.warm.unwrap_or(20) as u64;
    let mut times = Vec::new();
    for number in 0..warm + options.repeat.unwrap_or(200) as u64 {
        let like = &queries[number as usize % queries.len()];
        let before = Instant::now();
        writer.add_document(written(&engine.fields, number, like)?)?;
        writer.commit()?;
        engine.reader.reload()?;
        let hits = top(&engine.reader.searcher(), &*word(&engine.fields, &format!("koinon{number}")), 10)?;
        if hits.len() != 1 || hits[0].1 != 1_000_000_000 + number {
            return Err("a committed document was not found".into());
        }
        if number >= warm {
            times.push(micros(before));
        }
    }
    writer.wait_merging_threads()?;
    report("commit", times, 1);
    Ok(())
}

/// The queries for so many seconds, each time of its own: a median would hide the waiting.
fn samples(engine: &Engine, queries: &[Asked], seconds: f64) -> Result<Vec<f64>> {
    let until = Instant::now() + Duration::from_secs_f64(seconds);
    let mut times = Vec::new();
    for asked in queries.iter().cycle() {
        let before = Instant::now();
        if before > until {
            break;
        }
        ask(engine, &engine.reader.searcher(), "or10", asked)?;
        times.push(micros(before));
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

fn busy(folder: &str, queries: &[Asked], options: &Options) -> Result<()> {
    let part = options.part();
    let copy = Copied::of(folder)?;
    let index = Index::open_in_dir(copy.path())?;
    let engine = Arc::new(open(&index)?);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 64 << 20)?;
    samples(&engine, queries, part / 2.0)?;
    let idle = percentile(&samples(&engine, queries, part)?, 0.99);
    let stop = AtomicBool::new(false);
    let commits = AtomicU64::new(0);
    let (beside, during) = std::thread::scope(|scope| -> Result<(f64, u64)> {
        let thread = scope.spawn(|| -> Result<()> {
            let mut number = 0;
            while !stop.load(Ordering::Relaxed) {
                writer.add_document(written(&engine.fields, number, &queries[number as usize % queries.len()])?)?;
                writer.commit()?;
                engine.reader.reload()?;
                commits.fetch_add(1, Ordering::Relaxed);
                number += 1;
            }
            Ok(())
        });
        let measured = (|| -> Result<(f64, u64)> {
            samples(&engine, queries, part / 2.0)?;
            let before = commits.load(Ordering::Relaxed);
            let beside = percentile(&samples(&engine, queries, 2.0 * part)?, 0.99);
            Ok((beside, commits.load(Ordering::Relaxed) - before))
        })();
        stop.store(true, Ordering::Relaxed);
        thread.join().expect("a thread that ends")?;
        measured
    })?;
    writer.wait_merging_threads()?;
    println!(
        "{{\"case\": \"busy\", \"idle_p99_us\": {idle:.3}, \"busy_p99_us\": {beside:.3}, \"ratio\": {:.4}, \"commits\": {during}}}",
        beside / idle
    );
    Ok(())
}

fn anonymous_mib() -> Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("RssAnon:")).ok_or("no RssAnon")?;
    let kib: f64 = line.split_whitespace().nth(1).ok_or("no RssAnon")?.parse()?;
    Ok(kib / 1024.0)
}

struct Options {
    warm: Option<usize>,
    repeat: Option<usize>,
    budget: f64,
    depth: usize,
    answers: Option<String>,
}

impl Options {
    fn part(&self) -> f64 {
        self.budget.min(5.0)
    }
}

fn run(words: &[String], started: Instant) -> Result<()> {
    let (folder, case) = (words[0].as_str(), words[2].as_str());
    if !CASES.contains(&case) {
        eprintln!("no case {case}");
        std::process::exit(3);
    }
    let mut options =
        Options { warm: None, repeat: None, budget: 1e9, depth: 10, answers: None };
    match case {
        "or100" => options.depth = 100,
        "count" => options.depth = 0,
        _ => {}
    }
    for pair in words[3..].chunks(2) {
        match pair[0].as_str() {
            "--warm" => options.warm = Some(pair[1].parse()?),
            "--repeat" => options.repeat = Some(pair[1].parse()?),
            "--budget" => options.budget = pair[1].parse()?,
            "--depth" => options.depth = pair[1].parse()?,
            "--answers" => options.answers = Some(pair[1].clone()),
            other => return Err(other.into()),
        }
    }
    let queries = queries(&words[1])?;
    match case {
        "commit" => return commit(folder, &queries, &options),
        "busy" => return busy(folder, &queries, &options),
        _ => {}
    }
    let engine = open(&Index::open_in_dir(folder)?)?;
    match case {
        "open" => {
            ask(&engine, &engine.reader.searcher(), "or10", &queries[0])?;
            println!("{{\"case\": \"open\", \"ms\": {:.4}}}", started.elapsed().as_secs_f64() * 1e3);
        }
        "memory" => {
            let searcher = engine.reader.searcher();
            for asked in queries.iter().cycle().take(3 * queries.len()) {
                ask(&engine, &searcher, "or10", asked)?;
            }
            println!("{{\"case\": \"memory\", \"mib\": {:.3}}}", anonymous_mib()?);
        }
        "threads2" => threads2(&engine, &queries, &options)?,
        _ => match &options.answers {
            Some(file) => answers(&engine, case, &queries, options.depth, file)?,
            None => time(&engine, case, &queries, &options)?,
        },
    }
    Ok(())
}

fn main() -> Result<()> {
    let started = Instant::now();
    let words: Vec<String> = std::env::args().skip(1).collect();
    match (words.first().map_or("", String::as_str), words.len()) {
        ("version", _) => {
            println!("{}", tantivy::version_string());
            Ok(())
        }
        ("build", 3) => build(&words[1], &words[2]),
        ("run", 4..) => run(&words[1..], started),
        _ => {
            eprintln!("usage: version | build DOCS INDEX | run INDEX QUERIES CASE [options]");
            std::process::exit(2)
        }
    }
}
