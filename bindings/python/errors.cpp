// SPDX-License-Identifier: Apache-2.0
#include "python/errors.hpp"

#include "koinon/error.hpp"
#include "python/to_python.hpp"

namespace py = pybind11;

namespace koinon::python {

namespace {

void raise(const Error& error) {
  const py::object made =
      py::module_::import("koinon.errors")
          .attr("_make")(static_cast<int>(error.code()), lenient_text(error.what()),
                         to_list(error.violations()));
  PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(made.ptr())), made.ptr());
}

}  // namespace

void register_errors() {
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const Error& error) {
      try {
        raise(error);
      } catch (py::error_already_set& other) {  // out of memory, a broken installation
        other.restore();
      }
    }
  });
}

}  // namespace koinon::python
