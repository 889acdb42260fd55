// SPDX-License-Identifier: Apache-2.0
#include "koinon/record_fields.hpp"

#include <type_traits>

#include "domain/fields.hpp"
#include "domain/kinds.hpp"

namespace koinon {

namespace exchange {
namespace {

using domain::Field;
using domain::Rule;

const char* type_of(Rule rule) {
  switch (rule) {
    case Rule::Text:
    case Rule::Currency:
    case Rule::Rate:
      return "text";
    case Rule::Code:
      return "code";
    case Rule::Theme:
      return "theme";
    case Rule::Reference:
      return "reference";
    case Rule::Language:
      return "language";
    case Rule::Country:
      return "country";
    case Rule::Nuts:
      return "nuts";
    case Rule::Link:
      return "link";
    case Rule::Latitude:
    case Rule::Longitude:
      return "number";
  }
  return "text";
}

class Describer {
 public:
  std::vector<RecordField> take() { return std::move(fields_); }

  template <class T>
  void record(const T& empty) {
    domain::visit_fields(empty, *this);
  }

  template <class T>
  void operator()(const Field& field, const T& member) {
    RecordField told;
    told.path = prefix_ + field.name;
    told.required = field.required;
    if (field.rule == Rule::Code || field.rule == Rule::Theme) told.vocabulary = field.vocabulary;
    if (field.rule == Rule::Country) told.vocabulary = "countries";
    describe(field, told, member);
  }

 private:
  void leaf(RecordField& told, const char* type) {
    told.type = type;
    fields_.push_back(std::move(told));
  }

  void describe(const Field& field, RecordField& told, const std::string&) {
    leaf(told, type_of(field.rule));
  }
  void describe(const Field&, RecordField& told, const LangText&) { leaf(told, "texts"); }
  void describe(const Field&, RecordField& told, const std::vector<Parameter>&) {
    leaf(told, "parameters");
  }
  void describe(const Field&, RecordField& told, const PartialDate&) { leaf(told, "date"); }
  void describe(const Field&, RecordField& told, const Moment&) { leaf(told, "instant"); }
  void describe(const Field&, RecordField& told, const Money&) { leaf(told, "money"); }
  void describe(const Field&, RecordField& told, const Share&) { leaf(told, "share"); }
  void describe(const Field&, RecordField& told, double) { leaf(told, "number"); }
  void describe(const Field&, RecordField& told, std::int64_t) { leaf(told, "count"); }

  template <class T>
  void describe(const Field& field, RecordField& told, const std::optional<T>&) {
    describe(field, told, T{});
  }
  template <class T>
  void describe(const Field& field, RecordField& told, const std::vector<T>&) {
    told.list = true;
    describe(field, told, T{});
  }

  // A structure: itself, then its fields.
  template <class T>
  requires std::is_class_v<T>
  void describe(const Field& field, RecordField& told, const T& value) {
    const std::string before = prefix_;
    const std::string within = told.path + (told.list ? "[]." : ".");
    const bool graded = std::is_same_v<T, GradeOverride>;
    told.vocabulary.clear();
    leaf(told, "object");
    prefix_ = within;
    domain::visit_fields(value, *this);
    // Of which scale a grade is, the field around it says.
    if (graded) {
      for (RecordField& each : fields_) {
        if (each.path != within + "grade") continue;
        each.type = "code";
        each.vocabulary = field.vocabulary;
      }
    }
    prefix_ = before;
  }

  std::string prefix_;
  std::vector<RecordField> fields_;
};

}  // namespace
}  // namespace exchange

std::vector<RecordField> record_fields(RecordKind kind) {
  exchange::Describer describer;
  std::visit([&](const auto& empty) { describer.record(empty); }, domain::make_record(kind));
  return describer.take();
}

}  // namespace koinon
