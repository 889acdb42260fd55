// SPDX-License-Identifier: Apache-2.0
#include "graph/files/xml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

#include "graph/files/file_text.hpp"

namespace koinon::graph {

namespace {

constexpr std::string_view blank = " \t\r\n";

bool forbidden(std::uint32_t code) {
  return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || code == 0xFFFE ||
         code == 0xFFFF;
}

// Four hexadecimal digits of a text that has them there, in capitals.
std::optional<std::uint32_t> four_digits(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  std::uint32_t code = 0;
  for (const char c : text.substr(0, 4)) {
    const std::size_t digit = std::string_view("0123456789ABCDEF").find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    code = code * 16 + static_cast<std::uint32_t>(digit);
  }
  return code;
}

std::string as_form(std::uint32_t code) {
  std::string form = "_x0000_";
  for (std::size_t i = 5; i > 1; --i, code /= 16) form[i] = "0123456789ABCDEF"[code % 16];
  return form;
}

void append_code_point(std::string& to, std::uint32_t code) {
  const auto add = [&](std::uint32_t byte) { to += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0U | code >> 6U);
    add(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    add(0xE0U | code >> 12U);
    add(0x80U | (code >> 6U & 0x3FU));
    add(0x80U | (code & 0x3FU));
  } else {
    add(0xF0U | code >> 18U);
    add(0x80U | (code >> 12U & 0x3FU));
    add(0x80U | (code >> 6U & 0x3FU));
    add(0x80U | (code & 0x3FU));
  }
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view three = text.substr(i, 3);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\t' || c == '\n' || c == '\r') {
      // Raw, a parser would make blanks or other line ends of them.
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else if (forbidden(static_cast<unsigned char>(c))) {
      out += as_form(static_cast<unsigned char>(c));
    } else if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
      out += as_form(three[2] == '\xBE' ? 0xFFFE : 0xFFFF);
      i += 2;
    } else if (c == '_' && text.substr(i + 1, 1) == "x" && four_digits(text.substr(i + 2))) {
      out += "_x005F_";
    } else {
      out += c;
    }
  }
  return out;
}

std::string xml_unescaped(std::string text) {
  std::size_t at = text.find("_x");
  if (at == std::string::npos) return text;
  std::string out = text.substr(0, at);
  while (at < text.size()) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto code = rest.substr(0, 2) == "_x" ? four_digits(rest.substr(2)) : std::nullopt;
    if (code && rest.substr(6, 1) == "_" && (*code == '_' || forbidden(*code))) {
      append_code_point(out, *code);
      at += 7;
    } else {
      out += text[at++];
    }
  }
  return out;
}

void XmlReader::fail_at(const std::string& reason, std::size_t place) const {
  throw GraphFileError(reason, line_at(bytes_, place));
}

const std::string* XmlReader::attribute(std::string_view name) const {
  for (const Attribute& each : attributes_) {
    if (each.name == name) return &each.value;
  }
  return nullptr;
}

const std::string& XmlReader::required(std::string_view name) const {
  const std::string* value = attribute(name);
  if (value == nullptr)
    fail("<" + std::string(name_.substr(0, 40)) + "> has no " + std::string(name));
  return *value;
}

std::string XmlReader::element_text() {
  std::string all;
  const std::size_t depth = open_.size();
  for (;;) {
    const Event event = next();
    if (event == Event::End || open_.size() < depth) return all;
    if (event == Event::Text && open_.size() == depth) all += text_;
  }
}

void XmlReader::skip() {
  const std::size_t depth = open_.size();
  while (open_.size() >= depth) {
    if (next() == Event::End) return;
  }
}

void XmlReader::pass(std::string_view end, const char* what) {
  const std::size_t found = bytes_.find(end, at_);
  if (found == std::string_view::npos) fail_at(std::string(what) + " does not end", at_);
  at_ = found + end.size();
}

bool XmlReader::pass_blank() {
  const std::size_t was = at_;
  at_ = std::min(bytes_.find_first_not_of(blank, at_), bytes_.size());
  return at_ > was;
}

void XmlReader::pass_declaration() {
  const std::size_t begin = at_;
  pass("?>", "the XML declaration");
  std::string told(bytes_.substr(begin, at_ - begin));
  for (char& c : told) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const std::size_t encoding = told.find("encoding");
  if (encoding == std::string::npos) return;
  const std::string_view value = std::string_view(told).substr(encoding);
  if (value.find("utf-8") == value.npos && value.find("ascii") == value.npos)
    fail_at("it is told to be in another encoding than UTF-8", begin);
}

// One that only names a DTD says nothing that is needed; what it may define is refused.
void XmlReader::pass_document_type() {
  const std::size_t end = bytes_.find_first_of("[>", at_);
  if (end == std::string_view::npos || bytes_[end] == '[')
    fail_at("it has a document type of its own, which a graph has no need of", at_);
  at_ = end + 1;
}

std::string_view XmlReader::read_name() {
  const std::size_t end = std::min(bytes_.find_first_of(" \t\r\n/>=<\"'&", at_), bytes_.size());
  const std::string_view name = bytes_.substr(at_, end - at_);
  if (name.empty()) fail_at("a name is missing", at_);
  at_ = end;
  return name;
}

void XmlReader::add_reference(std::string& to) {
  constexpr std::size_t longest = 12;
  const std::size_t end = bytes_.substr(0, at_ + longest).find(';', at_);
  if (end == std::string_view::npos) fail_at("an & does not begin a reference", at_);
  const std::string_view name = bytes_.substr(at_ + 1, end - at_ - 1);
  constexpr std::array<std::pair<std::string_view, char>, 5> known = {
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  const auto* const entity = std::find_if(known.begin(), known.end(),
                                          [&](const auto& each) { return each.first == name; });
  if (entity != known.end()) {
    to += entity->second;
  } else {
    const bool hexadecimal = name.substr(0, 2) == "#x";
    const std::string_view digits =
        name.substr(std::min<std::size_t>(hexadecimal ? 2 : 1, name.size()));
    std::uint32_t code = 0;
    const auto read =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
    const bool number = name.substr(0, 1) == "#" && read.ec == std::errc() &&
                        read.ptr == digits.data() + digits.size();
    if (!number) fail_at("there is no entity of that name", at_);
    if (forbidden(code) || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
      fail_at("a reference to a character that XML does not have", at_);
    append_code_point(to, code);
  }
  at_ = end + 1;
}

void XmlReader::add_character(std::string& to, bool quoted) {
  const char c = bytes_[at_];
  if (c == '&') return add_reference(to);
  if (forbidden(static_cast<unsigned char>(c))) fail_at("a character that XML does not have", at_);
  ++at_;
  if (c == '\r') {
    if (at_ < bytes_.size() && bytes_[at_] == '\n') ++at_;
    to += quoted ? ' ' : '\n';
  } else {
    to += quoted && (c == '\n' || c == '\t') ? ' ' : c;
  }
}

void XmlReader::read_attributes() {
  attributes_.clear();
  for (;;) {
    const bool apart = pass_blank();
    if (at_ >= bytes_.size()) fail("a tag does not end");
    if (bytes_[at_] == '>' || bytes_[at_] == '/') return;
    if (!apart) fail_at("two attributes without a blank between them", at_);
    const std::string_view name = read_name();
    if (attribute(name) != nullptr) fail_at("an attribute is there twice", at_);
    if (attributes_.size() == most_attributes) fail("an element has too many attributes");
    pass_blank();
    if (!starts("=")) fail_at("an attribute has no value", at_);
    ++at_;
    pass_blank();
    if (at_ >= bytes_.size() || (bytes_[at_] != '"' && bytes_[at_] != '\''))
      fail_at("the value of an attribute is not in quotes", at_);
    const char quote = bytes_[at_++];
    std::string value;
    for (;;) {
      if (at_ >= bytes_.size()) fail("the value of an attribute does not end");
      if (bytes_[at_] == quote) break;
      if (bytes_[at_] == '<') fail_at("a < in the value of an attribute", at_);
      add_character(value, true);
    }
    ++at_;
    attributes_.push_back({name, xml_unescaped(std::move(value))});
  }
}

XmlReader::Event XmlReader::read_open() {
  ++at_;
  const std::string_view full = read_name();
  if (open_.empty() && rooted_) fail("there is something behind the root element");
  if (open_.size() == deepest) fail("it is nested too deeply");
  rooted_ = true;
  open_.push_back(full);
  name_ = full.substr(full.find(':') + 1);
  read_attributes();
  closing_ = bytes_[at_] == '/';
  if (closing_) ++at_;
  if (!starts(">")) fail_at("a tag does not end", at_);
  ++at_;
  return Event::Open;
}

XmlReader::Event XmlReader::read_close() {
  at_ += 2;
  const std::string_view full = read_name();
  pass_blank();
  if (!starts(">")) fail_at("a tag does not end", at_);
  ++at_;
  if (open_.empty() || open_.back() != full) fail("a tag closes what is not open");
  open_.pop_back();
  return Event::Close;
}

// Up to the next tag, over comments and the like.
XmlReader::Event XmlReader::read_text() {
  text_.clear();
  while (at_ < bytes_.size()) {
    if (starts("<![CDATA[")) {
      at_ += 9;
      const std::size_t begin = at_;
      pass("]]>", "a CDATA section");
      const std::string_view data = bytes_.substr(begin, at_ - 3 - begin);
      for (std::size_t i = 0; i < data.size(); ++i) {
        if (forbidden(static_cast<unsigned char>(data[i])))
          fail_at("a character that XML does not have", begin + i);
        if (data.substr(i, 2) == "\r\n") continue;
        text_ += data[i] == '\r' ? '\n' : data[i];
      }
    } else if (starts("<!--")) {
      pass("-->", "a comment");
    } else if (starts("<?")) {
      pass("?>", "an instruction");
    } else if (bytes_[at_] == '<') {
      break;
    } else {
      add_character(text_, false);
    }
  }
  text_ = xml_unescaped(std::move(text_));
  return Event::Text;
}

XmlReader::Event XmlReader::next() {
  place_ = at_;
  if (closing_) {
    closing_ = false;
    open_.pop_back();
    return Event::Close;
  }
  if (at_ == 0 && starts("<?xml")) pass_declaration();
  while (open_.empty()) {
    pass_blank();
    if (at_ >= bytes_.size()) {
      if (!rooted_) fail("there is no element in it");
      return Event::End;
    }
    place_ = at_;
    if (starts("<!--")) {
      pass("-->", "a comment");
    } else if (starts("<?")) {
      pass("?>", "an instruction");
    } else if (starts("<!DOCTYPE") && !rooted_) {
      pass_document_type();
    } else {
      if (bytes_[at_] != '<' || starts("<!") || starts("</")) fail("it is not XML");
      return read_open();
    }
  }
  if (at_ >= bytes_.size())
    fail("it ends within <" + std::string(open_.back().substr(0, 40)) + ">");
  const bool markup = bytes_[at_] == '<';
  if (markup && starts("</")) return read_close();
  if (markup && !starts("<!") && !starts("<?")) return read_open();
  if (starts("<!") && !starts("<!--") && !starts("<![CDATA["))
    fail("a declaration within elements");
  return read_text();
}

}  // namespace koinon::graph
