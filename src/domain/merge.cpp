// SPDX-License-Identifier: Apache-2.0
#include "domain/merge.hpp"

#include <algorithm>
#include <optional>

#include "domain/pairs.hpp"

namespace koinon::domain {

namespace {

// ---- Equality by content -----------------------------------------------------------------------

bool same(const std::string& a, const std::string& b) {
  return a == b;
}
bool same(const double& a, const double& b) {
  return a == b;
}
bool same(const Moment& a, const Moment& b) {
  return a.at == b.at;
}
bool same(const Share& a, const Share& b) {
  return a.millionths == b.millionths;
}
bool same(const PartialDate& a, const PartialDate& b) {
  return a.year == b.year && a.month == b.month && a.day == b.day;
}
bool same(const Text& a, const Text& b) {
  return a.language == b.language && a.text == b.text;
}
bool same(const Money& a, const Money& b) {
  return a.minor == b.minor && a.currency == b.currency && a.as_written == b.as_written;
}
bool same(const Parameter& a, const Parameter& b) {
  return a.name == b.name && a.values == b.values;
}
bool same(const Identifier& a, const Identifier& b) {
  return a.scheme == b.scheme && a.value == b.value;
}
bool same(const SourceRecord& a, const SourceRecord& b) {
  return a.portal == b.portal && a.local_id == b.local_id;
}
template <class T>
bool same(const std::optional<T>& a, const std::optional<T>& b) {
  return a.has_value() == b.has_value() && (!a || same(*a, *b));
}
template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return same(x, y); });
}
template <class T>
requires std::is_class_v<T>
bool same(const T& a, const T& b) {
  bool all = true;
  visit_pairs(a, b, [&](const Field&, const auto& x, const auto& y) { all = all && same(x, y); });
  return all;
}

// ---- Merging -----------------------------------------------------------------------------------

void join(std::string& into, const std::string& from) {
  if (into.empty()) into = from;
}
void join(PartialDate& into, const PartialDate& from) {
  if (!into) into = from;
}
void join(Money& into, const Money& from) {
  if (!into) into = from;
}
void join(Moment& into, const Moment& from) {
  if (!into) into = from;
}
template <class T>
void join(std::optional<T>& into, const std::optional<T>& from) {
  if (!into) into = from;
}
template <class T>
void join(std::vector<T>& into, const std::vector<T>& from) {
  for (const T& entry : from) {
    const auto known =
        std::find_if(into.begin(), into.end(), [&](const T& other) { return same(other, entry); });
    if (known == into.end()) {
      into.push_back(entry);
    } else if constexpr (std::is_same_v<T, SourceRecord>) {
      if (!entry.hash.empty()) known->hash = entry.hash;
    }
  }
}
// A period or a place is one statement: it is taken whole or not at all.
template <class T>
requires std::is_class_v<T>
void join(T& into, const T& from) {
  if (same(into, T{})) into = from;
}

// ---- References --------------------------------------------------------------------------------

// A structure whose fields are described.
template <class T>
concept Described = std::is_class_v<T> && requires(T& value) {
  visit_fields(value, [](const Field&, auto&) {});
};

template <class T>
constexpr bool lists_structures = false;
template <class T>
constexpr bool lists_structures<std::vector<T>> = Described<T>;

bool is_reference(const Field& field) {
  return field.rule == Rule::Reference || field.rule == Rule::Theme;
}

// Calls f(id, field) on each reference, at any depth.
template <class T, class F>
void each_reference(T& value, F& f) {
  visit_fields(value, [&](const Field& field, auto& member) {
    using M = std::remove_cvref_t<decltype(member)>;
    if constexpr (std::is_same_v<M, std::string>) {
      if (is_reference(field) && !member.empty()) f(member, field);
    } else if constexpr (std::is_same_v<M, std::vector<std::string>>) {
      if (is_reference(field)) {
        for (auto& entry : member) f(entry, field);
      }
    } else if constexpr (lists_structures<M>) {
      for (auto& entry : member) each_reference(entry, f);
    }
  });
}

// Takes `id` out of a structure and whatever it holds; `orphaned`: it makes no sense without.
template <class T>
bool drop_in(T& value, std::string_view id, bool& orphaned) {
  bool any = false;
  visit_fields(value, [&](const Field& field, auto& member) {
    using M = std::remove_cvref_t<decltype(member)>;
    if constexpr (std::is_same_v<M, std::string>) {
      if (!is_reference(field) || member != id) return;
      any = true;
      orphaned = orphaned || field.required;
      member.clear();
    } else if constexpr (std::is_same_v<M, std::vector<std::string>>) {
      if (is_reference(field)) any = std::erase(member, id) > 0 || any;
    } else if constexpr (lists_structures<M>) {
      std::erase_if(member, [&](auto& entry) {
        bool meaningless = false;
        any = drop_in(entry, id, meaningless) || any;
        return meaningless;
      });
    }
  });
  return any;
}

}  // namespace

bool merge_union(Record& into, const Record& from) {
  if (into.index() != from.index()) return false;
  std::visit(
      [&](auto& a) {
        const auto& b = std::get<std::remove_cvref_t<decltype(a)>>(from);
        visit_pairs(a, b, [](const Field&, auto& x, const auto& y) { join(x, y); });
      },
      into);
  return true;
}

std::vector<std::string> linked_records(const Record& record) {
  // Who takes part in a case or a project is a question for the graph, which keeps its own rows.
  const bool whole = kind_of(record) > RecordKind::Replication;
  std::vector<std::string> found;
  const auto take = [&](const std::string& id, const Field& field) {
    const std::string_view name = field.name;
    const bool asked = name == "initiative" || name == "initiatives" || name == "projects" ||
                       name == "call" || name == "method" || name == "programme_record";
    if (field.rule == Rule::Reference && (whole || asked)) found.push_back(id);
  };
  std::visit([&](const auto& value) { each_reference(value, take); }, record);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<std::string> references(const Record& record) {
  std::vector<std::string> found;
  const auto take = [&](const std::string& id, const Field&) { found.push_back(id); };
  std::visit([&](const auto& value) { each_reference(value, take); }, record);
  return found;
}

bool replace_reference(Record& record, std::string_view from, std::string_view to) {
  bool any = false;
  const auto put = [&](std::string& id, const Field&) {
    if (id != from) return;
    id = to;
    any = true;
  };
  std::visit([&](auto& value) { each_reference(value, put); }, record);
  return any;
}

bool drop_reference(Record& record, std::string_view id, bool& orphaned) {
  orphaned = false;
  return std::visit([&](auto& value) { return drop_in(value, id, orphaned); }, record);
}

const std::vector<SourceRecord>* sources_of(const Record& record) {
  return std::visit(
      [](const auto& value) -> const std::vector<SourceRecord>* {
        if constexpr (requires { value.sources; }) return &value.sources;
        return nullptr;
      },
      record);
}

}  // namespace koinon::domain
