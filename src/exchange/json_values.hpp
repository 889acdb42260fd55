// SPDX-License-Identifier: Apache-2.0
//
// Values of a request in JSON, and all that is wrong with it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "koinon/error.hpp"

namespace koinon::exchange {

/// What readers of requests share: each `take` puts a value in its place, or notes a violation with
/// its path.
class JsonValues {
 protected:
  using Json = nlohmann::json;

  /// Reads an object and hands it to `take_object`. Throws Error(InvalidArgument) with every
  /// violation, those of `take_object` too.
  template <class F>
  void read_object(std::string_view json, F&& take_object) {
    const Json tree = parsed(json);
    if (violations_.empty()) take_object(tree);
    if (!violations_.empty()) refuse();
  }

  bool is_object(const Json& value, const std::string& path);

  template <class F>
  void each(const Json& value, const std::string& path, F&& f) {
    if (!value.is_array()) return fault(path, "wrong_type", "must be a list");
    for (std::size_t i = 0; i < value.size(); ++i)
      f(value[i], path + "[" + std::to_string(i) + "]");
  }

  void take(const Json& value, const std::string& path, std::string& into);
  void take(const Json& value, const std::string& path, bool& into);
  void take(const Json& value, const std::string& path, std::size_t& into);
  void take(const Json& value, const std::string& path, double& into, double least,
            double greatest);
  void take(const Json& value, const std::string& path, std::vector<std::string>& into);
  void take(const Json& value, const std::string& path, std::vector<float>& into);

  void unknown(const std::string& path) { fault(path, "unknown_field", "is not known"); }
  void fault(const std::string& path, const char* code, const std::string& message);

  static constexpr std::size_t most_violations = 32;
  std::vector<Violation> violations_;

 private:
  Json parsed(std::string_view json);
  [[noreturn]] void refuse();
};

}  // namespace koinon::exchange
