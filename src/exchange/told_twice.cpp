// SPDX-License-Identifier: Apache-2.0
#include "exchange/told_twice.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>
#include <vector>

namespace koinon::exchange {

namespace {

// An object or an array that is open.
struct Open {
  bool is_object = false;
  std::size_t place = 0;  // of an array
  std::string_view name;  // of an object: the last
  std::vector<std::string_view> names;
  std::unordered_set<std::string_view> many;  // instead, of an object with more than a few

  bool add(std::string_view next) {
    static constexpr std::size_t few = 32;
    name = next;
    if (many.empty() && names.size() < few) {
      if (std::find(names.begin(), names.end(), next) != names.end()) return false;
      names.push_back(next);
      return true;
    }
    if (many.empty()) many.insert(names.begin(), names.end());
    return many.insert(next).second;
  }
};

class Scan {
 public:
  explicit Scan(std::string_view json) : json_(json) {}

  std::string run() {
    for (at_ = 0; at_ < json_.size(); ++at_) {
      switch (json_[at_]) {
        case '"':
          if (!take_text()) return path();
          break;
        case '{':
        case '[':
          open_.emplace_back().is_object = json_[at_] == '{';
          break;
        case '}':
        case ']':
          if (!open_.empty()) open_.pop_back();
          break;
        case ',':
          if (!open_.empty()) ++open_.back().place;
          break;
        default:
          break;
      }
    }
    return {};
  }

 private:
  // A text, which is a name if a colon follows; false for one that was told.
  bool take_text() {
    const std::size_t begin = ++at_;
    bool escaped = false;
    for (; at_ < json_.size() && json_[at_] != '"'; ++at_) {
      if (json_[at_] != '\\') continue;
      escaped = true;
      ++at_;
    }
    const std::string_view text = json_.substr(begin, at_ - begin);
    const std::size_t next = json_.find_first_not_of(" \t\r\n", at_ + 1);
    const bool is_name = next != std::string_view::npos && json_[next] == ':';
    if (!is_name || open_.empty() || !open_.back().is_object) return true;
    return open_.back().add(escaped ? unescaped(text) : text);
  }

  // One name can be written in several ways.
  std::string_view unescaped(std::string_view text) {
    const auto plain = nlohmann::json::parse('"' + std::string(text) + '"', nullptr, false);
    if (!plain.is_string()) return text;
    return *unescaped_.insert(plain.get<std::string>()).first;
  }

  std::string path() const {
    std::string path;
    for (const Open& each : open_) {
      if (each.is_object) {
        path += (path.empty() ? "" : ".") + std::string(each.name);
      } else {
        path += '[' + std::to_string(each.place) + ']';
      }
    }
    return path;
  }

  std::string_view json_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::unordered_set<std::string> unescaped_;
};

}  // namespace

std::string told_twice(std::string_view json) {
  return Scan(json).run();
}

}  // namespace koinon::exchange
