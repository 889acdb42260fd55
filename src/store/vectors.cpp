// SPDX-License-Identifier: Apache-2.0
//
// Ready vectors of records: beside the records, and told to the views by the journal. They are no
// version of a record, so its own entries do not lead to them.
#include "koinon/error.hpp"
#include "store/connection.hpp"
#include "store/hold.hpp"
#include "store/store.hpp"

namespace koinon::store {

namespace {

Version told_by(Timestamp at, std::string_view by) {
  Version version;
  version.what = ChangeKind::Vectors;
  version.at = at;
  version.by = by;
  return version;
}

}  // namespace

bool Reader::knows_vectors() {
  return guarded([&] {
    return Query(*connection_,
                 "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'vectors'")
        .step();
  });
}

std::size_t Reader::vector_dimension(std::string_view model) {
  if (!knows_vectors()) return 0;
  return guarded([&]() -> std::size_t {
    Query q(*connection_, "SELECT dimension FROM vector_model WHERE name = ?", model);
    return q.step() ? static_cast<std::size_t>(q.number(0)) : 0;
  });
}

std::optional<KeptVectors> Reader::vectors(std::int64_t seq, std::string_view model) {
  return guarded([&]() -> std::optional<KeptVectors> {
    Query q(*connection_,
            "SELECT v.numbers, m.dimension, v.version = r.version FROM vectors v "
            "JOIN vector_model m ON m.id = v.model JOIN record r ON r.seq = v.record "
            "WHERE v.record = ? AND m.name = ?",
            seq, model);
    if (!q.step()) return std::nullopt;
    return KeptVectors{q.text(0), static_cast<std::size_t>(q.number(1)), q.integer(2) != 0};
  });
}

std::vector<VectorModel> Reader::vector_models() {
  if (!knows_vectors()) return {};
  return guarded([&] {
    Query q(*connection_,
            "SELECT m.name, m.dimension, count(v.record) FROM vector_model m "
            "LEFT JOIN vectors v ON v.model = m.id GROUP BY m.id ORDER BY m.name");
    std::vector<VectorModel> models;
    while (q.step())
      models.push_back({q.text(0), static_cast<std::size_t>(q.number(1)), q.number(2)});
    return models;
  });
}

std::vector<Finding> Reader::broken_vectors() {
  if (!knows_vectors()) return {};
  return guarded([&] {
    Query q(*connection_,
            "SELECT r.id, m.name FROM vectors v JOIN vector_model m ON m.id = v.model "
            "JOIN record r ON r.seq = v.record WHERE m.dimension < 64 OR length(v.numbers) = 0 "
            "OR length(v.numbers) % m.dimension != 0 ORDER BY r.seq");
    std::vector<Finding> found;
    while (q.step())
      found.push_back({q.text(0), "its vectors of '" + q.text(1) + "' are no whole vectors"});
    return found;
  });
}

std::int64_t Transaction::vector_model(std::string_view name, std::size_t dimension) {
  const std::size_t known = vector_dimension(name);
  if (known != 0 && known != dimension) {
    throw Error(ErrorCode::InvalidArgument,
                "the vectors of '" + std::string(name) + "' have " + std::to_string(known) +
                    " numbers in this catalogue, not " + std::to_string(dimension) +
                    ": drop them first, or name another model");
  }
  return guarded([&] {
    if (known == 0) {
      Query(*connection_, "INSERT INTO vector_model(name, dimension) VALUES(?, ?)", name,
            static_cast<std::uint64_t>(dimension))
          .run();
    }
    Query q(*connection_, "SELECT id FROM vector_model WHERE name = ?", name);
    q.step();
    return q.integer(0);
  });
}

std::uint64_t Transaction::set_vectors(const RecordRow& row, std::int64_t model,
                                       std::string_view numbers, Timestamp at,
                                       std::string_view by) {
  return guarded([&]() -> std::uint64_t {
    const bool same =
        Query(
            *connection_,
            "SELECT 1 FROM vectors WHERE record = ? AND model = ? AND version = ? AND numbers = ?",
            row.seq, model, row.version, Blob{numbers})
            .step();
    if (same) return 0;
    Query(*connection_,
          "INSERT OR REPLACE INTO vectors(record, model, version, numbers) VALUES(?, ?, ?, ?)",
          row.seq, model, row.version, Blob{numbers})
        .run();
    const std::uint64_t n = hold_->next_change(0);
    write_entry(*connection_, n, row, row.change, told_by(at, by));
    return n;
  });
}

std::uint64_t Transaction::drop_vectors(std::string_view model, Timestamp at, std::string_view by,
                                        const std::function<void()>& step) {
  return guarded([&]() -> std::uint64_t {
    std::vector<RecordRow> having;
    {
      Query q(*connection_,
              "SELECT r.seq, r.version, r.change FROM vectors v "
              "JOIN vector_model m ON m.id = v.model JOIN record r ON r.seq = v.record "
              "WHERE m.name = ? ORDER BY r.seq",
              model);
      while (q.step()) {
        RecordRow& row = having.emplace_back();
        row.seq = q.integer(0);
        row.version = q.number(1);
        row.change = q.number(2);
      }
    }
    for (const RecordRow& row : having) {
      write_entry(*connection_, hold_->next_change(0), row, row.change, told_by(at, by));
      step();
    }
    Query(*connection_,
          "DELETE FROM vectors WHERE model = (SELECT id FROM vector_model WHERE name = ?)", model)
        .run();
    Query(*connection_, "DELETE FROM vector_model WHERE name = ?", model).run();
    return having.size();
  });
}

}  // namespace koinon::store
