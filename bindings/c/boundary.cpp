// SPDX-License-Identifier: Apache-2.0
#include "c/boundary.hpp"

#include <algorithm>
#include <limits>

namespace koinon::c {

void fail(ErrorCode code, const std::string& message) {
  throw Error(code, message);
}

void fail_argument(const std::string& message) {
  fail(ErrorCode::InvalidArgument, message);
}

std::string_view bytes_in(const char* data, uint64_t length, const char* name) {
  // Past this a length is a negative number that was cast.
  if (length > static_cast<uint64_t>(std::numeric_limits<std::ptrdiff_t>::max())) {
    fail_argument(std::string("the length of ") + name + " is out of range");
  }
  if (length == 0) return {};
  required(data, name);
  return {data, static_cast<std::size_t>(length)};
}

std::string_view text_in(const char* data, uint64_t length, const char* name) {
  const std::string_view text = bytes_in(data, length, name);
  if (!is_utf8(text)) fail(ErrorCode::InvalidUtf8, std::string(name) + " is not UTF-8");
  return text;
}

std::string path_in(const char* data, uint64_t length) {
  const std::string_view path = text_in(data, length, "path");
  if (path.empty()) fail_argument("the path is empty");
  if (path.find('\0') != std::string_view::npos) fail_argument("the path has a NUL in it");
  return std::string(path);
}

void check_array(const void* data, uint64_t count, const char* name) {
  if (count > 0 && data == nullptr) fail_argument(std::string(name) + " is NULL");
}

bool flag_in(uint8_t flag, const char* name) {
  if (flag > 1) fail_argument(std::string(name) + " must be 0 or 1");
  return flag == 1;
}

std::size_t size_in(uint64_t number) {
  return static_cast<std::size_t>(
      std::min<uint64_t>(number, std::numeric_limits<std::size_t>::max()));
}

std::vector<kn_string> views(const std::vector<std::string>& texts) {
  std::vector<kn_string> all;
  all.reserve(texts.size());
  for (const std::string& text : texts) all.push_back(view(text));
  return all;
}

void check_struct_size(uint64_t size, std::size_t first) {
  if (size < first) {
    fail_argument("struct_size is " + std::to_string(size) + ", at least " + std::to_string(first) +
                  " expected; set it before the call");
  }
  if (size > largest_struct) {
    fail_argument("struct_size is " + std::to_string(size) + "; was it set before the call?");
  }
}

void check_unknown_members(const void* options, uint64_t size, std::size_t known) {
  const auto* bytes = static_cast<const unsigned char*>(options);
  for (uint64_t i = known; i < size; ++i) {
    if (bytes[i] != 0) {
      fail_argument("the options set a member that this version of the library does not know");
    }
  }
}

}  // namespace koinon::c
