// SPDX-License-Identifier: Apache-2.0
#include "engine/import.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <map>

#include "data/vocabulary.hpp"
#include "engine/batch.hpp"
#include "engine/history.hpp"
#include "engine/rules.hpp"
#include "engine/unit_of_work.hpp"
#include "exchange/derived_id.hpp"

namespace koinon::engine {

namespace {

using Clock = std::chrono::steady_clock;

// "participations[2].role" is the same field as "participations[0].role".
std::string field_of(const std::string& path) {
  std::string field;
  bool inside = false;
  for (const char c : path) {
    if (c == ']') inside = false;
    if (!inside) field += c;
    if (c == '[') inside = true;
  }
  return field;
}

// Counts what becomes of the rows.
class Tally {
 public:
  Tally(ImportReport& report) : report_(report) {}

  void count(bool changed) { ++(changed ? report_.stored : report_.unchanged); }

  void reject(const PreparedRow& row) {
    ++report_.quarantined;
    // A row counts once for each reason it has, however often.
    std::map<std::pair<std::string, std::string>, const Violation*> distinct;
    for (const Violation& v : row.violations)
      distinct.emplace(std::pair(v.code, field_of(v.path)), &v);
    for (const auto& [key, violation] : distinct) {
      ImportReason& reason = reasons_[key];
      if (reason.rows++ == 0) {
        reason.code = key.first;
        reason.field = key.second;
        reason.message = violation->message;
        reason.first_line = row.line;
      }
    }
  }

  void finish() {
    report_.reasons.clear();
    for (const auto& [key, reason] : reasons_) report_.reasons.push_back(reason);
    std::stable_sort(report_.reasons.begin(), report_.reasons.end(),
                     [](const ImportReason& a, const ImportReason& b) { return a.rows > b.rows; });
  }

 private:
  ImportReport& report_;
  std::map<std::pair<std::string, std::string>, ImportReason> reasons_;
};

// Rows in memory: these, and as many that are being read.
constexpr std::size_t rows_at_a_time = 2048;

// Whether the row changed anything; what speaks against it becomes its violations.
bool apply_row(store::Transaction& transaction, UnitOfWork& work, PreparedRow& row,
               ImportReport& report) {
  if (!row.violations.empty()) return false;
  if (is_history(row)) {
    const Applied applied =
        apply_history(transaction, work.lineage(), row.drafts[0], row.violations);
    if (applied == Applied::Created) ++report.records_created;
    if (applied == Applied::Updated) ++report.records_updated;
    return applied != Applied::Nothing;
  }
  UnitOfWork::Outcome outcome = work.apply(row.drafts);
  row.violations = std::move(outcome.violations);
  return outcome.changed;
}

std::string author(const ImportOptions& options, const std::string& format) {
  return options.by.empty() ? "import:" + format : options.by;
}

// Where the rows come from and go to: what stays the same from batch to batch.
class Importer {
 public:
  Importer(store::Store& store, const exchange::Format& format, std::uint64_t file_size,
           const ImportOptions& options, ImportReport& report)
      : store_(store),
        options_(options),
        portal_(options.portal.empty() ? format.portal : options.portal),
        by_(author(options, format.name)),
        report_(report),
        tally_(report) {
    store::Transaction transaction = store_.write();
    run_start_ = transaction.last_change();
    run_ = transaction.import_run(report.file, format.name, portal_, options.encoding, now());
    gather_ids(transaction, file_size);
    transaction.commit();
  }

  // Reads to the end, or until cancelled. The next rows are read while the last are written.
  void run(exchange::RowReader& reader, exchange::ByteSource& source) {
    skip(reader);
    const std::size_t rows = std::clamp<std::size_t>(options_.batch_rows, 1, rows_at_a_time);
    // What the source says of itself belongs to the thread that reads it.
    const auto read = [&] {
      Batch next = read_batch(reader, rows, options_.task.cancel);
      next.source_done = source.done();
      return next;
    };
    Batch batch = read();
    Batch spent;
    for (;;) {
      std::future<Batch> next;
      const bool more = !batch.last && !options_.task.cancel.cancelled();
      if (more) {
        // Taking a batch apart is a good part of the work, and reading is the lesser: it goes
        // there.
        next = std::async(std::launch::async, [&, old = std::move(spent)]() mutable {
          old = Batch();
          return read();
        });
      }
      try {
        write(batch, !more);
      } catch (const Error& e) {
        throw Error(e.code(),
                    std::string(e.what()) + " (" + std::to_string(row_) +
                        " rows of the file are in; go on after them)",
                    e.violations());
      }
      report_progress(batch.source_done, source.total());
      if (!more) break;
      spent = std::move(batch);
      batch = next.get();
    }
    report_.complete = batch.last;
    report_.next_row = batch.last ? 0 : row_;
    tally_.finish();
  }

 private:
  // Where the catalogue is small beside the file, reading its ids costs less than it saves.
  void gather_ids(store::Transaction& transaction, std::uint64_t file_size) {
    static constexpr std::uint64_t bytes_worth_an_id = 256;
    std::uint64_t worth = file_size / bytes_worth_an_id;
    memory_.all.emplace();
    transaction.each_id([&](std::string_view id) {
      if (worth == 0) {
        memory_.all.reset();
        return false;
      }
      --worth;
      memory_.all->add(id);
      return true;
    });
    last_change_ = transaction.last_change();
  }

  void skip(exchange::RowReader& reader) {
    exchange::Row row;
    while (row_ < options_.skip_rows && !options_.task.cancel.cancelled() && reader.next(row)) {
      ++row_;
      for (const exchange::Draft& draft : row.drafts) {
        if (draft.merge == exchange::Merge::Replace) memory_.told.add(draft.id);
      }
      row.clear();
    }
  }

  // Rows are written as they come and committed many at a time: ids are scattered over the whole
  // index of ids, so each commit writes most of its pages, however few rows it has.
  void write(Batch& batch, bool end) {
    const Timestamp at = now();
    if (!transaction_) {
      transaction_.emplace(store_.write());
      begun_ = Clock::now();
      uncommitted_ = 0;
      if (transaction_->last_change() != last_change_)
        memory_.all.reset();  // another writer came by
    }
    UnitOfWork work(*transaction_, at, by_, run_start_, &memory_);
    for (PreparedRow& row : batch.rows) put(*transaction_, work, row, at);
    work.flush();
    uncommitted_ += batch.rows.size();
    report_.records_created += work.created();
    report_.records_updated += work.updated();
    // Other writers wait for us: not for long, even where rows come slowly.
    const bool long_enough = Clock::now() - begun_ > std::chrono::seconds(1);
    if (end || long_enough || uncommitted_ >= options_.batch_rows) commit(batch.last, at);
  }

  void commit(bool complete, Timestamp at) {
    transaction_->import_progress(run_.id, row_ + uncommitted_, complete, at);
    last_change_ = transaction_->last_change();
    transaction_->commit();
    transaction_.reset();
    row_ += uncommitted_;
  }

  void put(store::Transaction& transaction, UnitOfWork& work, PreparedRow& row, Timestamp at) {
    ++report_.read;
    if (is_history(row)) memory_.all.reset();  // its records pass the unit of work by
    const bool changed = apply_row(transaction, work, row, report_);
    if (row.violations.empty()) {
      tally_.count(changed);
      return;
    }
    tally_.reject(row);
    store::Rejected rejected{
        row.line,       row.size, row.bytes, row.context, exchange::content_hash(row.bytes),
        &row.violations};
    transaction.keep(run_.id, rejected, at);
  }

  void report_progress(std::uint64_t done, std::uint64_t total) {
    const auto& progress = options_.task.progress;
    if (progress) progress(Progress{"import", done, total});
  }

  store::Store& store_;
  const ImportOptions& options_;
  std::string portal_;
  std::string by_;
  ImportReport& report_;
  Tally tally_;
  store::ImportRun run_;
  std::uint64_t run_start_ = 0;
  std::uint64_t last_change_ = 0;  // of the catalogue, as this import left it
  std::uint64_t row_ = 0;          // rows of the file that are done with
  std::optional<store::Transaction> transaction_;
  Clock::time_point begun_;  // of the transaction
  std::uint64_t uncommitted_ = 0;
  ImportMemory memory_;
};

const exchange::Format& format_for(const std::string& name, std::string_view head,
                                   const std::string& path) {
  std::string known;
  for (const exchange::Format& format : exchange::formats()) {
    known += known.empty() ? "" : ", ";
    known += format.name;
  }
  if (!name.empty()) {
    if (const exchange::Format* format = exchange::find_format(name)) return *format;
    throw Error(ErrorCode::UnknownFormat, "there is no format '" + name + "'; there are " + known);
  }
  if (const exchange::Format* format = exchange::guess_format(head)) return *format;
  throw Error(ErrorCode::UnknownFormat,
              path + " looks like none of the known formats; name one of " + known);
}

void import_source(store::Store& store, exchange::ByteSource& source, const ImportOptions& options,
                   ImportReport& report) {
  const std::string_view head = source.head();
  if (head.empty()) throw Error(ErrorCode::InvalidInput, report.file + " is empty");
  const exchange::Format& format = format_for(options.format, head, report.file);
  report.format = format.name;
  const std::string portal = options.portal.empty() ? format.portal : options.portal;
  const auto reader = format.open(source, {portal, options.encoding});
  Importer(store, format, source.total(), options, report).run(*reader, source);
}

}  // namespace

ImportReport import_file(store::Store& store, const std::string& path,
                         const ImportOptions& options) {
  const auto start = Clock::now();
  ImportReport report;
  report.file = path;
  const auto source = exchange::open_file(path);
  import_source(store, *source, options, report);
  report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return report;
}

ImportReport import_sample(store::Store& store, const ImportOptions& options) {
  const auto start = Clock::now();
  ImportReport report;
  report.file = "bundled sample";
  ImportOptions with_portal = options;
  with_portal.format = "koinon";
  std::string all;
  for (const data::SampleFile& file : data::sample()) all += file.bytes;
  const auto source = exchange::open_memory(std::move(all));
  import_source(store, *source, with_portal, report);
  report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return report;
}

ImportReport retry_row(store::Store& store, std::uint64_t quarantined,
                       const std::optional<std::string>& mended) {
  const auto start = Clock::now();
  ImportReport report;
  store::Transaction transaction = store.write();
  const auto kept = transaction.quarantined(quarantined);
  if (!kept)
    throw Error(ErrorCode::NotFound,
                "there is no row " + std::to_string(quarantined) + " in quarantine");
  const bool cut = kept->row.size > kept->row.bytes.size();
  if (cut && !mended) {
    throw Error(ErrorCode::InvalidInput, "only the beginning of this row was kept, as it has " +
                                             std::to_string(kept->row.size) + " bytes");
  }
  const exchange::Format* format = exchange::find_format(kept->row.format);
  if (!format)
    throw Error(ErrorCode::UnknownFormat, "there is no format '" + kept->row.format + "'");
  report.file = kept->row.file;
  report.format = format->name;
  // A mended row is told in UTF-8, whatever its file was.
  const std::string encoding = mended ? std::string() : kept->row.encoding;
  const auto source = exchange::open_memory(kept->context + mended.value_or(kept->row.bytes));
  const auto reader = format->open(*source, {kept->row.portal, encoding});
  const Timestamp at = now();
  UnitOfWork work(transaction, at, "retry:" + report.format, transaction.last_change(), nullptr);
  Tally tally(report);
  exchange::Row row;
  while (reader->next(row)) {
    ++report.read;
    PreparedRow prepared = prepare(row);
    prepared.line = kept->row.line;
    row.clear();
    const bool changed = apply_row(transaction, work, prepared, report);
    if (prepared.violations.empty()) {
      tally.count(changed);
    } else {
      tally.reject(prepared);
      transaction.set_reasons(quarantined, prepared.violations);
    }
  }
  if (report.read == 0) throw Error(ErrorCode::InvalidInput, "the mended text holds no row");
  work.flush();
  if (report.quarantined == 0) transaction.discard(quarantined);
  transaction.commit();
  report.records_created += work.created();
  report.records_updated += work.updated();
  report.complete = true;
  tally.finish();
  report.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return report;
}

}  // namespace koinon::engine
