// SPDX-License-Identifier: Apache-2.0
//
// koinon._engine: thin glue between the C++ API and the package of python/koinon, which is what
// people use. Calls carry whole answers; nothing here is made for each row but plain Python values.
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>

#include "koinon/koinon.hpp"
#include "python/arrow.hpp"
#include "python/catalogue.hpp"
#include "python/errors.hpp"
#include "python/life.hpp"
#include "python/network.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

PYBIND11_MODULE(_engine, module) {
  namespace python = koinon::python;
  module.doc() = "The engine of Koinon, for the package koinon.";
  python::register_errors();
  python::bind_network(module);
  python::bind_catalogue(module);
  python::bind_life_cycles(module);
  module.def("arrow_stream", &python::arrow_stream, "columns"_a);
  module.def(
      "import_formats",
      [] {
        py::dict formats;
        for (const auto& format : koinon::import_formats()) {
          formats[py::str(format.name)] = format.what;
        }
        return formats;
      },
      "The formats that import_file() knows: names, and what each is.");
  module.def("facet_fields", &koinon::facet_fields, "The fields that filters and facets know.");
  module.def("text_fields", &koinon::text_fields, "The fields of texts.");
  module.def("number_fields", &koinon::number_fields, "The fields of ranges and sorting.");
  module.def(
      "label",
      [](const std::string& vocabulary, const std::string& code, const std::string& language) {
        return koinon::label(vocabulary, code, language);
      },
      "vocabulary"_a, "code"_a, "language"_a);
  module.def("version", &koinon::version);
}
