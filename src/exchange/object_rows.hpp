// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "exchange/json_objects.hpp"
#include "exchange/reader.hpp"
#include "exchange/text_input.hpp"

namespace koinon::exchange {

using Json = nlohmann::json;

/// Whether `head` begins like JSON and has all of these keys.
bool has_keys(std::string_view head, std::initializer_list<const char*> keys);

/// The member as text: a text as it stands, a number or truth value as JSON writes it; "" for
/// anything else.
std::string text_of(const Json& object, const char* key);
/// A number, or a text that is one.
std::optional<double> number_of(const Json& object, const char* key);
/// The member, or null when it is missing or no array.
const Json* list_of(const Json& object, const char* key);

/// What formats that are JSON objects share.
class ObjectRows : public RowReader {
 public:
  bool next(Row& row) final;

 protected:
  ObjectRows(ByteSource& source, const ReaderOptions& options, std::string_view portal);

  /// Makes the drafts of an object. The row is complete but for them.
  virtual void read(const Json& object, Row& row) = 0;

  /// The member as text, or "" with the violation `missing`.
  static std::string needed(const Json& object, const char* key, Row& row);
  const std::string& portal() const { return portal_; }

 private:
  TextInput input_;
  JsonObjects objects_;
  std::string portal_;
};

}  // namespace koinon::exchange
