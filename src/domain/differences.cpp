// SPDX-License-Identifier: Apache-2.0
#include "domain/differences.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "domain/date.hpp"
#include "domain/decimal.hpp"
#include "domain/pairs.hpp"

namespace koinon::domain {

namespace {

// ---- What a value is for a person; "" for none -------------------------------------------------

std::string shown(const std::string& text) {
  return text;
}
std::string shown(const double& number) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return {buffer, end};
}
std::string shown(const std::int64_t& count) {
  return std::to_string(count);
}
std::string shown(const Moment& moment) {
  return moment ? format_timestamp(moment.at) : std::string();
}
std::string shown(const Share& share) {
  return format_decimal(share.millionths, 6, false);
}
std::string shown(const PartialDate& date) {
  return date ? format_date(date) : std::string();
}
std::string shown(const Text& text) {
  return text.text + " (" + text.language +
         (text.origin == TextOrigin::Machine ? ", by machine)" : ")");
}
std::string shown(const Money& money) {
  if (!money.minor) return money.as_written;
  const std::string amount =
      format_decimal(*money.minor, currency_digits(money.currency), true) + ' ' + money.currency;
  return money.as_written.empty() ? amount : amount + " (\"" + money.as_written + "\")";
}
std::string shown(const Parameter& parameter) {
  std::string text = parameter.name + " =";
  for (const std::string& value : parameter.values) text += ' ' + value;
  return text;
}
template <class T>
requires std::is_class_v<T> std::string shown(const T& value);
template <class T>
std::string shown(const std::vector<T>& list);
template <class T>
std::string shown(const std::optional<T>& value) {
  return value ? shown(*value) : std::string();
}
template <class T>
std::string shown(const std::vector<T>& list) {
  std::string text;
  for (const T& entry : list) {
    if (!text.empty()) text += "; ";
    text += shown(entry);
  }
  return text;
}
template <class T>
requires std::is_class_v<T> std::string shown(const T& value) {
  std::string text;
  visit_fields(value, [&](const Field& field, const auto& member) {
    const std::string part = shown(member);
    if (part.empty()) return;
    if (!text.empty()) text += ", ";
    text += std::string(field.name) + ' ' + part;
  });
  return text;
}

// ---- Walking two records together ---------------------------------------------------------------

bool is_prose(const std::string& text) {
  return text.find_first_of(" \n\t") != std::string::npos;
}

// What an entry of a list is about: two that agree in it are the same entry, changed.
template <class T>
std::string subject(const T& entry) {
  std::string first;
  visit_fields(entry, [&](const Field&, const auto& member) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, std::string>) {
      if (first.empty()) first = member;
    }
  });
  return first;
}

template <class T>
concept Structure = std::is_class_v<T> && requires(const T& value) {
  visit_fields(value, [](const Field&, const auto&) {});
};

class Comparer {
 public:
  template <class T>
  void compare(const std::string& path, const T& a, const T& b) {
    if constexpr (Structure<T>) {
      visit_pairs(a, b, [&](const Field& field, const auto& x, const auto& y) {
        compare(path.empty() ? field.name : path + '.' + field.name, x, y);
      });
    } else {
      values(path, a, b);
    }
  }

  std::vector<FieldDifference> take() { return std::move(found_); }

 private:
  void put(std::string path, std::string language, std::string before, std::string after,
           bool prose) {
    if (before == after) return;
    FieldDifference difference;
    difference.what = before.empty() ? "added" : after.empty() ? "removed" : "changed";
    if (prose && difference.what == "changed") difference.words = word_runs(before, after);
    difference.path = std::move(path);
    difference.language = std::move(language);
    difference.before = std::move(before);
    difference.after = std::move(after);
    found_.push_back(std::move(difference));
  }

  template <class T>
  void values(const std::string& path, const T& a, const T& b) {
    put(path, {}, shown(a), shown(b), false);
  }

  void values(const std::string& path, const std::string& a, const std::string& b) {
    put(path, {}, a, b, is_prose(a) || is_prose(b));
  }

  template <class T>
  void values(const std::string& path, const std::optional<T>& a, const std::optional<T>& b) {
    if constexpr (Structure<T>) {
      if (a && b) return compare(path, *a, *b);
    }
    put(path, {}, shown(a), shown(b), false);
  }

  // Of each language the texts in their order.
  void values(const std::string& path, const LangText& a, const LangText& b) {
    std::vector<std::string> languages;
    for (const LangText* texts : {&a, &b}) {
      for (const Text& text : *texts) {
        if (std::find(languages.begin(), languages.end(), text.language) == languages.end())
          languages.push_back(text.language);
      }
    }
    for (const std::string& language : languages) {
      const auto x = in_language(a, language);
      const auto y = in_language(b, language);
      for (std::size_t i = 0; i < std::max(x.size(), y.size()); ++i)
        texts(path, language, i < x.size() ? x[i] : nullptr, i < y.size() ? y[i] : nullptr);
    }
  }

  static std::vector<const Text*> in_language(const LangText& texts, const std::string& language) {
    std::vector<const Text*> found;
    for (const Text& text : texts) {
      if (text.language == language) found.push_back(&text);
    }
    return found;
  }

  void texts(const std::string& path, const std::string& language, const Text* a, const Text* b) {
    put(path, language, a ? a->text : std::string(), b ? b->text : std::string(), true);
    if (a && b && a->origin != b->origin) {
      const auto origin = [](const Text& text) {
        return text.origin == TextOrigin::Machine ? "machine" : "original";
      };
      put(path + ".origin", language, origin(*a), origin(*b), false);
    }
  }

  // Entries that are the same in both go first, then those about the same, the rest is new or gone.
  template <class T>
  void values(const std::string& path, const std::vector<T>& a, const std::vector<T>& b) {
    std::vector<bool> used(b.size(), false);
    const std::vector<std::size_t> left = unpaired(all_shown(a), all_shown(b), used);
    std::vector<std::size_t> gone;
    std::vector<std::pair<std::size_t, std::size_t>> changed;
    for (const std::size_t i : left) {
      std::size_t k = b.size();
      if constexpr (Structure<T>) {
        for (k = 0; k < b.size(); ++k) {
          if (!used[k] && !subject(a[i]).empty() && subject(a[i]) == subject(b[k])) break;
        }
      }
      if (k == b.size()) {
        gone.push_back(i);
      } else {
        used[k] = true;
        changed.emplace_back(i, k);
      }
    }
    for (const auto& [i, k] : changed) compare(path + '[' + std::to_string(k) + ']', a[i], b[k]);
    for (const std::size_t i : gone)
      put(path + '[' + std::to_string(i) + ']', {}, shown(a[i]), {}, false);
    for (std::size_t k = 0; k < b.size(); ++k) {
      if (!used[k]) put(path + '[' + std::to_string(k) + ']', {}, {}, shown(b[k]), false);
    }
  }

  template <class T>
  static std::vector<std::string> all_shown(const std::vector<T>& list) {
    std::vector<std::string> texts;
    for (const T& entry : list) texts.push_back(shown(entry));
    return texts;
  }

  // The places of `a` that no entry of `b` is the same as; the others take theirs.
  static std::vector<std::size_t> unpaired(const std::vector<std::string>& a,
                                           const std::vector<std::string>& b,
                                           std::vector<bool>& used) {
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < a.size(); ++i) {
      std::size_t k = 0;
      while (k < b.size() && (used[k] || a[i] != b[k])) ++k;
      if (k == b.size()) {
        left.push_back(i);
      } else {
        used[k] = true;
      }
    }
    return left;
  }

  std::vector<FieldDifference> found_;
};

}  // namespace

std::vector<FieldDifference> differences(const Record& before, const Record& after) {
  Comparer comparer;
  if (before.index() != after.index()) return comparer.take();
  std::visit(
      [&](const auto& a) {
        comparer.compare("", a, std::get<std::remove_cvref_t<decltype(a)>>(after));
      },
      before);
  return comparer.take();
}

}  // namespace koinon::domain
