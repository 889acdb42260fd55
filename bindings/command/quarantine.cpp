// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"

namespace koinon::command {

namespace {

std::uint64_t row_number(const Context& context) {
  const std::uint64_t row = parse_number(context.arguments.word(0), "the number of a row");
  if (row == 0) throw UsageError("rows are counted from 1");
  return row;
}

RowsHandle find_rows(kn_catalogue* catalogue, const kn_quarantine_options& options) {
  return make<RowsHandle>([&](kn_quarantined_rows** rows, kn_error** error) {
    return kn_quarantine(catalogue, &options, rows, error);
  });
}

kn_quarantined_row row_at(const kn_quarantined_rows* rows, std::uint64_t place) {
  auto row = sized<kn_quarantined_row>();
  call([&](kn_error** error) { return kn_quarantined_rows_get(rows, place, &row, error); });
  return row;
}

Json rows_json(const kn_quarantined_rows* rows) {
  return Json::parse(make_text([&](kn_text** text, kn_error** error) {
    return kn_quarantined_rows_json(rows, text, error);
  }));
}

std::string row_text(const Context& context, const kn_quarantined_row& row) {
  std::string text = context.style.bold("row " + std::to_string(row.id)) + "  " +
                     plain(text_of(row.file)) + ", line " + grouped(row.line) + "  " +
                     context.style.dim(plain(text_of(row.format)) + ", " + bytes_text(row.size)) +
                     "\n";
  for (std::uint64_t i = 0; i < row.violation_count; ++i) {
    const kn_violation& violation = row.violations[i];
    const std::string path(text_of(violation.path));
    text += "  " + plain(text_of(violation.code)) + (path.empty() ? "" : " in " + plain(path)) +
            ": " + plain(text_of(violation.message)) + "\n";
  }
  return text;
}

}  // namespace

int run_quarantine_list(const Context& context) {
  const std::string file = context.arguments.value("--file");
  kn_quarantine_options options;
  kn_quarantine_options_init(&options, sizeof(options));
  options.file = string_of(file);
  options.limit = context.arguments.number("--limit", options.limit);
  options.offset = context.arguments.number("--offset", 0);
  const CatalogueHandle catalogue = context.open();
  const RowsHandle rows = find_rows(catalogue.get(), options);
  if (context.json) {
    print_json(rows_json(rows.get()));
    return Done;
  }
  const std::uint64_t count = kn_quarantined_rows_count(rows.get());
  for (std::uint64_t i = 0; i < count; ++i) print(row_text(context, row_at(rows.get(), i)));
  if (count == 0) {
    print(options.offset == 0 ? "No row is in quarantine.\n" : "No more rows.\n");
  } else {
    print(context.style.dim("\nsee a row with: " + context.next("quarantine show ROW")) + "\n");
    if (count == options.limit) {
      print(context.style.dim("more with --offset " + std::to_string(options.offset + count)) +
            "\n");
    }
  }
  return Done;
}

int run_quarantine_show(const Context& context) {
  kn_quarantine_options options;
  kn_quarantine_options_init(&options, sizeof(options));
  options.id = row_number(context);
  const CatalogueHandle catalogue = context.open();
  const RowsHandle rows = find_rows(catalogue.get(), options);
  if (context.json) {
    print_json(rows_json(rows.get())[0]);
    return Done;
  }
  const kn_quarantined_row row = row_at(rows.get(), 0);
  print(row_text(context, row) + "\n" + plain(text_of(row.bytes)) + "\n");
  const std::string number = std::to_string(row.id);
  print(context.style.dim("\ntry it again, mended: " +
                          context.next("quarantine retry " + number + " --mended FILE") +
                          "\nthrow it away: " + context.next("quarantine discard " + number)) +
        "\n");
  return Done;
}

int run_quarantine_retry(const Context& context) {
  const std::uint64_t row = row_number(context);
  const bool is_mended = context.arguments.has("--mended");
  const std::string mended = is_mended ? read_input(context.arguments.value("--mended")) : "";
  const CatalogueHandle catalogue = context.open(Use::Write);
  const auto report = make<ReportHandle>([&](kn_import_report** made, kn_error** error) {
    return kn_retry(catalogue.get(), row, is_mended ? mended.c_str() : nullptr, mended.size(), made,
                    error);
  });
  auto summary = sized<kn_import_summary>();
  call([&](kn_error** error) { return kn_import_report_summarise(report.get(), &summary, error); });
  if (context.json) {
    print(make_text([&](kn_text** text, kn_error** error) {
            return kn_import_report_json(report.get(), text, error);
          }) +
          "\n");
  } else if (summary.quarantined == 0) {
    print("row " + std::to_string(row) + " is in the catalogue and out of quarantine\n");
  } else {
    complain("row " + std::to_string(row) + " stays in quarantine; see why with: " +
             context.next("quarantine show " + std::to_string(row)));
  }
  return summary.quarantined == 0 ? Done : Failed;
}

int run_quarantine_discard(const Context& context) {
  const std::uint64_t row = row_number(context);
  const CatalogueHandle catalogue = context.open(Use::Write);
  call([&](kn_error** error) { return kn_discard(catalogue.get(), row, error); });
  if (context.json) {
    print_json({{"row", row}, {"discarded", true}});
  } else {
    print("row " + std::to_string(row) + " is thrown away\n");
  }
  return Done;
}

}  // namespace koinon::command
