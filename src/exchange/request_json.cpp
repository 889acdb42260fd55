// SPDX-License-Identifier: Apache-2.0
#include "exchange/request_json.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "exchange/json_values.hpp"

namespace koinon::exchange {

namespace {

using Json = nlohmann::json;

constexpr std::size_t deepest_query = 100;
constexpr double longest_keep_seconds = 3600;
constexpr double longest_deadline_seconds = 1e9;

// The key that tells the kind of a question, in the order of QueryKind.
constexpr std::array<const char*, 14> kind_keys = {
    "everything", "ask",  "words", "phrase", "prefix", "fuzzy", "code",
    "range",      "near", "like",  "all",    "any",    "not",   "optional"};

bool is_of_parts(QueryKind kind) {
  return kind == QueryKind::All || kind == QueryKind::Any || kind == QueryKind::Not ||
         kind == QueryKind::Optional;
}

// ---- Writing -----------------------------------------------------------------------------------

Json tree_of(const Query& query) {
  Json tree = Json::object();
  const char* key = kind_keys[static_cast<std::size_t>(query.kind)];
  if (is_of_parts(query.kind)) {
    tree[key] = Json::array();
    for (const Query& part : query.parts) tree[key].push_back(tree_of(part));
  } else if (query.kind == QueryKind::Everything) {
    tree[key] = true;
  } else if (query.kind == QueryKind::Code) {
    tree[key] = query.field;
    tree["any_of"] = query.codes;
  } else if (query.kind == QueryKind::Range) {
    tree[key] = query.field;
    if (!query.least.empty()) tree["least"] = query.least;
    if (!query.greatest.empty()) tree["greatest"] = query.greatest;
  } else if (query.kind == QueryKind::Near) {
    tree[key] = {query.latitude, query.longitude};
    tree["kilometres"] = query.kilometres;
  } else {
    tree[key] = query.text;
  }
  if (!query.fields.empty()) tree["fields"] = query.fields;
  if (query.distance >= 0) tree["distance"] = query.distance;
  if (query.boost != 1) tree["boost"] = query.boost;
  return tree;
}

Json tree_of(const Filter& filter) {
  Json tree = {{"field", filter.field}, {"any_of", filter.any_of}};
  if (filter.exclude) tree["exclude"] = true;
  return tree;
}

// ---- Reading -----------------------------------------------------------------------------------

class Reader : private JsonValues {
 public:
  SearchRequest read(std::string_view json) {
    SearchRequest request;
    read_object(json, [&](const Json& tree) { take(tree, request); });
    return request;
  }

 private:
  using JsonValues::take;

  void take(const Json& tree, SearchRequest& request) {
    for (const auto& [key, value] : tree.items()) {
      const std::string& path = key;
      if (key == "text") {
        take(value, path, request.text);
      } else if (key == "query") {
        request.query = query(value, path, 0);
      } else if (key == "language") {
        take(value, path, request.language);
      } else if (key == "filters") {
        each(value, path, [&](const Json& one, const std::string& place) {
          request.filters.push_back(filter(one, place));
        });
      } else if (key == "facets") {
        take(value, path, request.facets);
      } else if (key == "facet_values") {
        take(value, path, request.facet_values);
      } else if (key == "multi_select") {
        take(value, path, request.multi_select);
      } else if (key == "sort") {
        take(value, path, request.sort);
      } else if (key == "rising") {
        take(value, path, request.rising);
      } else if (key == "group_by") {
        take(value, path, request.group_by);
      } else if (key == "limit") {
        take(value, path, request.limit);
      } else if (key == "offset") {
        take(value, path, request.offset);
      } else if (key == "after") {
        take(value, path, request.after);
      } else if (key == "keep_seconds") {
        take(value, path, request.keep_seconds, 0, longest_keep_seconds);
      } else if (key == "deadline_seconds") {
        take(value, path, request.deadline_seconds, 0, longest_deadline_seconds);
      } else if (key == "across") {
        take(value, path, request.across);
      } else if (key == "signals") {
        signals(value, path, request.signals);
      } else if (key == "vector") {
        take(value, path, request.vector);
      } else if (key == "as_you_type") {
        take(value, path, request.as_you_type);
      } else if (key == "unpublished") {
        take(value, path, request.unpublished);
      } else if (key == "snippets") {
        take(value, path, request.snippets);
      } else if (key == "suggest") {
        take(value, path, request.suggest);
      } else if (key == "wait") {
        take(value, path, request.wait);
      } else {
        unknown(path);
      }
    }
  }

  void signals(const Json& tree, const std::string& path, SearchSignals& signals) {
    if (!is_object(tree, path)) return;
    for (const auto& [key, value] : tree.items()) {
      const std::string inner = path + "." + key;
      if (key == "words") {
        take(value, inner, signals.words);
      } else if (key == "concepts") {
        take(value, inner, signals.concepts);
      } else if (key == "spelling") {
        take(value, inner, signals.spelling);
      } else if (key == "meaning") {
        take(value, inner, signals.meaning);
      } else {
        unknown(inner);
      }
    }
  }

  Filter filter(const Json& tree, const std::string& path) {
    Filter made;
    if (!is_object(tree, path)) return made;
    for (const auto& [key, value] : tree.items()) {
      const std::string place = path + "." + key;
      if (key == "field") {
        take(value, place, made.field);
      } else if (key == "any_of") {
        take(value, place, made.any_of);
      } else if (key == "exclude") {
        take(value, place, made.exclude);
      } else {
        unknown(place);
      }
    }
    return made;
  }

  Query query(const Json& tree, const std::string& path, std::size_t depth) {
    Query made;
    if (!is_object(tree, path)) return made;
    if (depth > deepest_query) {
      fault(path, "too_deep", "has more than 100 questions one inside the other");
      return made;
    }
    std::size_t kinds = 0;
    for (const auto& [key, value] : tree.items()) {
      const std::string place = path + "." + key;
      const auto kind = std::find(kind_keys.begin(), kind_keys.end(), key);
      if (kind != kind_keys.end()) {
        ++kinds;
        made.kind = static_cast<QueryKind>(kind - kind_keys.begin());
        take_kind(value, place, depth, made);
      } else if (key == "fields") {
        take(value, place, made.fields);
      } else if (key == "any_of") {
        take(value, place, made.codes);
      } else if (key == "least") {
        take(value, place, made.least);
      } else if (key == "greatest") {
        take(value, place, made.greatest);
      } else if (key == "kilometres") {
        take(value, place, made.kilometres, 0, 1e6);
      } else if (key == "distance") {
        std::size_t distance = 0;
        take(value, place, distance);
        made.distance = static_cast<int>(std::min<std::size_t>(distance, 1000));
      } else if (key == "boost") {
        take(value, place, made.boost, 0, 1000);
      } else {
        unknown(place);
      }
    }
    if (kinds != 1) fault(path, "wrong_kind", "needs exactly one of " + all_kinds());
    return made;
  }

  void take_kind(const Json& value, const std::string& place, std::size_t depth, Query& made) {
    switch (made.kind) {
      case QueryKind::Everything: {
        bool all = true;
        take(value, place, all);
        if (!all) fault(place, "out_of_range", "must be true");
        break;
      }
      case QueryKind::Code:
      case QueryKind::Range:
        take(value, place, made.field);
        break;
      case QueryKind::Near: {
        std::vector<double> point;
        each(value, place, [&](const Json& one, const std::string& inner) {
          take(one, inner, point.emplace_back(), -180, 180);
        });
        if (point.size() != 2) {
          fault(place, "wrong_type", "must be latitude and longitude");
        } else {
          made.latitude = point[0];
          made.longitude = point[1];
        }
        break;
      }
      case QueryKind::All:
      case QueryKind::Any:
      case QueryKind::Not:
      case QueryKind::Optional:
        each(value, place, [&](const Json& one, const std::string& inner) {
          made.parts.push_back(query(one, inner, depth + 1));
        });
        break;
      default:
        take(value, place, made.text);
    }
  }

  static std::string all_kinds() {
    std::string all;
    for (const char* key : kind_keys) all += (all.empty() ? "" : ", ") + std::string(key);
    return all;
  }
};

}  // namespace

std::string to_json(const SearchRequest& request) {
  const SearchRequest plain;
  Json tree = Json::object();
  const auto put = [&](const char* key, const auto& value, const auto& usual) {
    if (value != usual) tree[key] = value;
  };
  put("text", request.text, plain.text);
  if (request.query.kind != QueryKind::Everything) tree["query"] = tree_of(request.query);
  put("language", request.language, plain.language);
  for (const Filter& filter : request.filters) tree["filters"].push_back(tree_of(filter));
  put("facets", request.facets, plain.facets);
  put("facet_values", request.facet_values, plain.facet_values);
  put("multi_select", request.multi_select, plain.multi_select);
  put("sort", request.sort, plain.sort);
  put("rising", request.rising, plain.rising);
  put("group_by", request.group_by, plain.group_by);
  put("limit", request.limit, plain.limit);
  put("offset", request.offset, plain.offset);
  put("after", request.after, plain.after);
  put("keep_seconds", request.keep_seconds, plain.keep_seconds);
  put("deadline_seconds", request.deadline_seconds, plain.deadline_seconds);
  put("across", request.across, plain.across);
  const auto put_signal = [&](const char* key, bool value) {
    if (!value) tree["signals"][key] = false;
  };
  put_signal("words", request.signals.words);
  put_signal("concepts", request.signals.concepts);
  put_signal("spelling", request.signals.spelling);
  put_signal("meaning", request.signals.meaning);
  put("vector", request.vector, plain.vector);
  put("as_you_type", request.as_you_type, plain.as_you_type);
  put("unpublished", request.unpublished, plain.unpublished);
  put("snippets", request.snippets, plain.snippets);
  put("suggest", request.suggest, plain.suggest);
  put("wait", request.wait, plain.wait);
  // Texts come from hosts, in any bytes; the parser of questions bears them, JSON does not.
  return tree.dump(-1, ' ', false, Json::error_handler_t::replace);
}

SearchRequest request_from_json(std::string_view json) {
  return Reader().read(json);
}

}  // namespace koinon::exchange
