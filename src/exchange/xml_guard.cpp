// SPDX-License-Identifier: Apache-2.0
#include "exchange/xml_guard.hpp"

#include <algorithm>
#include <cctype>

namespace koinon::exchange {

namespace {

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string stated_encoding(std::string_view head) {
  const std::string declaration = lower_ascii(head.substr(0, head.find("?>")));
  if (declaration.find("<?xml") == std::string::npos) return {};
  std::size_t at = declaration.find("encoding");
  if (at == std::string::npos) return {};
  at = declaration.find_first_of("'\"", at);
  if (at == std::string::npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  return declaration.substr(at + 1, end == std::string::npos ? end : end - at - 1);
}

}  // namespace

std::string XmlGuard::look_at_head(std::string_view head) {
  if (head.find('\0') != std::string_view::npos || head.substr(0, 2) == "\xFF\xFE" ||
      head.substr(0, 2) == "\xFE\xFF")
    return "it is not in UTF-8";
  const std::string encoding = stated_encoding(head);
  const bool known = encoding.empty() || encoding == "utf-8" || encoding == "us-ascii" ||
                     encoding == "ascii" || encoding.rfind("iso-8859-", 0) == 0 ||
                     encoding.rfind("windows-125", 0) == 0;
  if (!known) return "it is in " + encoding.substr(0, 40) + ", not in UTF-8";
  for (std::size_t at = head.find("<!ENTITY"); at != std::string_view::npos;
       at = head.find("<!ENTITY", at + 1)) {
    const std::size_t open = head.find_first_of("'\"", at);
    if (open == std::string_view::npos) break;
    if (head.substr(at, open - at).find('%') != std::string_view::npos)
      return "its document type has a parameter entity";
    const std::string_view value = head.substr(open + 1);
    const std::size_t close = value.find(head[open]);
    if (close == std::string_view::npos || close > longest_entity)
      return "an entity of its document type is too long";
    if (value.substr(0, close).find_first_of("&%") != std::string_view::npos)
      return "an entity of its document type is made of others";
  }
  return {};
}

void XmlGuard::begin(char c) {
  if (c == '/') {
    in_ = In::Closing;
    if (depth_ > 0) --depth_;
  } else if (c == '!') {
    in_ = In::Bang;
    last_.clear();
  } else if (c == '?') {
    in_ = In::Question;
    last_.clear();
  } else {
    in_ = In::Tag;
    last_.clear();
    ++depth_;
  }
}

void XmlGuard::step(char c) {
  const auto skip_until = [&](std::string_view end) {
    last_ += c;
    if (last_.size() > 8) last_.erase(0, last_.size() - 3);
    const std::string_view seen = last_;
    if (seen.size() >= end.size() && seen.substr(seen.size() - end.size()) == end) in_ = In::Text;
  };
  switch (in_) {
    case In::Text:
      if (c == '<') in_ = In::Opened;
      break;
    case In::Opened:
      begin(c);
      break;
    case In::Tag:
      if (c == '"' || c == '\'') {
        in_ = In::Quoted;
        quote_ = c;
      } else if (c == '>') {
        if (last_ == "/" && depth_ > 0) --depth_;
        in_ = In::Text;
      }
      last_.assign(1, c);
      break;
    case In::Quoted:
      if (c == quote_) in_ = In::Tag;
      break;
    case In::Closing:
      if (c == '>') in_ = In::Text;
      break;
    case In::Bang:
      last_ += c;
      if (seen_ > head_ && (c == 'D' || c == 'E') && last_.size() == 1) late_ = true;
      if (last_ == "--") {
        in_ = In::Comment;
        last_.clear();
      } else if (last_ == "[CDATA[") {
        in_ = In::Data;
        last_.clear();
      } else if (last_.size() >= 7 || c == '>') {
        in_ = In::Closing;
        if (c == '>') in_ = In::Text;
      }
      break;
    case In::Comment:
      skip_until("-->");
      break;
    case In::Data:
      skip_until("]]>");
      break;
    case In::Question:
      skip_until("?>");
      break;
  }
}

std::string XmlGuard::look_at(std::string_view bytes) {
  for (const char c : bytes) {
    ++seen_;
    step(c);
    if (depth_ > deepest) return "it is nested too deeply";
    if (late_) return "its document type does not end in the first 64 KiB";
  }
  return {};
}

}  // namespace koinon::exchange
