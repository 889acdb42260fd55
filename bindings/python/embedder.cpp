// SPDX-License-Identifier: Apache-2.0
#include "python/embedder.hpp"

#include <cstring>
#include <string_view>
#include <utility>

#include "python/to_python.hpp"

namespace py = pybind11;

namespace koinon::python {

namespace {

class PythonEmbedder final : public Embedder {
 public:
  PythonEmbedder(py::object embed, std::size_t dimension, std::uint64_t version)
      : embed_(std::move(embed)), dimension_(dimension), version_(version) {}
  PythonEmbedder(const PythonEmbedder&) = delete;
  PythonEmbedder& operator=(const PythonEmbedder&) = delete;
  // Whoever closes the catalogue does so without the lock.
  ~PythonEmbedder() override {
    const py::gil_scoped_acquire lock;
    embed_ = py::object();
  }

  std::size_t dimension() const override { return dimension_; }
  std::uint64_t version() const override { return version_; }

  bool embed(std::string_view text, std::string_view language, float* out) const override {
    const py::gil_scoped_acquire lock;
    try {
      const py::object told = embed_(lenient_text(text), lenient_text(language));
      if (!py::isinstance<py::bytes>(told)) return false;
      const auto numbers = told.cast<std::string_view>();
      if (numbers.size() != dimension_ * sizeof(float)) return false;
      std::memcpy(out, numbers.data(), numbers.size());
      return true;
    } catch (py::error_already_set&) {  // its error is let go while the lock is still held
      return false;
    }
  }

 private:
  py::object embed_;
  std::size_t dimension_;
  std::uint64_t version_;
};

}  // namespace

std::shared_ptr<const Embedder> python_embedder(py::object embed, std::size_t dimension,
                                                std::uint64_t version) {
  return std::make_shared<PythonEmbedder>(std::move(embed), dimension, version);
}

}  // namespace koinon::python
