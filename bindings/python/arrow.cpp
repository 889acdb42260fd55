// SPDX-License-Identifier: Apache-2.0
#include "python/arrow.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace py = pybind11;

extern "C" {

// As the specification gives them: the ABI is this text.
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
}

namespace koinon::python {

namespace {

constexpr std::int64_t nullable = 2;

// The values of one field. Written once, then shared by all arrays that are exported from it.
struct Column {
  std::string name;
  std::string format;
  std::int64_t length = 0;
  std::int64_t nulls = 0;
  std::vector<std::uint8_t> validity;  // a bit for each value
  std::vector<std::int32_t> offsets;   // of text and lists: where each value begins, and the end
  std::vector<char> bytes;             // of text and numbers; of booleans a bit for each value
  std::vector<std::shared_ptr<const Column>> children;
};

// ---- From Python -------------------------------------------------------------------------------

class Builder {
 public:
  Builder(std::string name, std::string format) : column_(std::make_shared<Column>()) {
    column_->name = std::move(name);
    column_->format = std::move(format);
    column_->bytes.reserve(1);  // so that no buffer is null
    if (variable()) column_->offsets.push_back(0);
    if (is("+l")) items_ = std::make_unique<Builder>("item", "u");
    if (!variable() && !is("g") && !is("l") && !is("b")) {
      throw py::value_error("no Arrow format '" + column_->format + "'");
    }
  }

  void add(const py::handle& value) {
    const bool there = !value.is_none();
    set_valid(there);
    if (is("g")) {
      append(there ? value.cast<double>() : 0.0);
    } else if (is("l")) {
      append(there ? value.cast<std::int64_t>() : std::int64_t{0});
    } else if (is("b")) {
      append_bit(there && value.cast<bool>());
    } else {
      if (there && is("u")) append(value.cast<std::string_view>());
      if (there && is("+l")) {
        for (const py::handle item : value.cast<py::list>()) items_->add(item);
      }
      end_value(is("u") ? column_->bytes.size() : static_cast<std::size_t>(items_->size()));
    }
  }

  std::int64_t size() const { return column_->length; }

  std::shared_ptr<const Column> finish() {
    if (items_) column_->children.push_back(items_->finish());
    return std::move(column_);
  }

 private:
  bool is(std::string_view format) const { return column_->format == format; }
  bool variable() const { return is("u") || is("+l"); }

  void set_valid(bool there) {
    const std::int64_t place = column_->length++;
    if (place % 8 == 0) column_->validity.push_back(0);
    if (there) {
      column_->validity.back() |= static_cast<std::uint8_t>(1U << (place % 8));
    } else {
      ++column_->nulls;
    }
  }

  void append(std::string_view text) {
    column_->bytes.insert(column_->bytes.end(), text.begin(), text.end());
  }

  template <class Number>
  void append(Number number) {
    append(std::string_view(reinterpret_cast<const char*>(&number), sizeof number));
  }

  void append_bit(bool value) {
    const std::int64_t place = column_->length - 1;
    if (place % 8 == 0) column_->bytes.push_back(0);
    if (value) column_->bytes.back() |= static_cast<char>(1U << (place % 8));
  }

  void end_value(std::size_t end) {
    if (end > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
      throw std::overflow_error("more than 2 GiB of text in column '" + column_->name + "'");
    }
    column_->offsets.push_back(static_cast<std::int32_t>(end));
  }

  std::shared_ptr<Column> column_;
  std::unique_ptr<Builder> items_;
};

// ---- To Arrow ----------------------------------------------------------------------------------

// What an exported struct points to: freed by its release().
template <class Exported>
struct Node {
  std::shared_ptr<const Column> column;
  std::vector<Exported> children;
  std::vector<Exported*> pointers;
  std::vector<const void*> buffers;
};

template <class Exported>
void release(Exported* exported) {
  for (std::int64_t i = 0; i < exported->n_children; ++i) {
    Exported* child = exported->children[i];
    if (child->release) child->release(child);
  }
  delete static_cast<Node<Exported>*>(exported->private_data);
  exported->release = nullptr;
}

template <class Exported>
Node<Exported>* new_node(const std::shared_ptr<const Column>& column, Exported* out) {
  auto* node = new Node<Exported>{column, std::vector<Exported>(column->children.size()), {}, {}};
  for (Exported& child : node->children) node->pointers.push_back(&child);
  *out = Exported{};
  out->n_children = static_cast<std::int64_t>(node->children.size());
  out->children = node->pointers.data();
  out->release = &release<Exported>;
  out->private_data = node;
  return node;
}

void fill(const std::shared_ptr<const Column>& column, ArrowSchema* out) {
  auto* node = new_node(column, out);
  out->format = column->format.c_str();
  out->name = column->name.c_str();
  out->flags = nullable;
  for (std::size_t i = 0; i < node->children.size(); ++i) {
    fill(column->children[i], &node->children[i]);
  }
}

void fill(const std::shared_ptr<const Column>& column, ArrowArray* out) {
  auto* node = new_node(column, out);
  node->buffers.push_back(column->nulls > 0 ? column->validity.data() : nullptr);
  if (!column->offsets.empty()) node->buffers.push_back(column->offsets.data());
  if (column->format.front() != '+') node->buffers.push_back(column->bytes.data());
  out->length = column->length;
  out->null_count = column->nulls;
  out->buffers = node->buffers.data();
  out->n_buffers = static_cast<std::int64_t>(node->buffers.size());
  for (std::size_t i = 0; i < node->children.size(); ++i) {
    fill(column->children[i], &node->children[i]);
  }
}

struct Stream {
  std::shared_ptr<const Column> table;
  bool ended = false;
};

Stream& stream_of(ArrowArrayStream* stream) {
  return *static_cast<Stream*>(stream->private_data);
}

template <class Exported>
int hand_out(const Stream& stream, Exported* out) {
  try {
    fill(stream.table, out);
    return 0;
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  }
}

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  return hand_out(stream_of(stream), out);
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  Stream& own = stream_of(stream);
  *out = ArrowArray{};
  if (own.ended) return 0;
  own.ended = true;
  return hand_out(own, out);
}

const char* get_last_error(ArrowArrayStream*) {
  return nullptr;
}

void release_stream(ArrowArrayStream* stream) {
  delete &stream_of(stream);
  stream->release = nullptr;
}

void destroy_capsule(PyObject* capsule) {
  auto* stream =
      static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
  if (stream->release) stream->release(stream);
  delete stream;
}

}  // namespace

py::capsule arrow_stream(const std::vector<ArrowColumn>& columns) {
  auto table = std::make_shared<Column>();
  table->format = "+s";
  for (const auto& [name, format, values] : columns) {
    Builder builder(name, format);
    for (const py::handle value : values) builder.add(value);
    table->children.push_back(builder.finish());
    table->length = table->children.front()->length;
    if (table->children.back()->length != table->length) {
      throw py::value_error("column '" + name + "' has another length than the first");
    }
  }
  auto own = std::make_unique<Stream>(Stream{std::move(table)});
  auto stream = std::make_unique<ArrowArrayStream>(
      ArrowArrayStream{&get_schema, &get_next, &get_last_error, &release_stream, own.get()});
  PyObject* capsule = PyCapsule_New(stream.get(), "arrow_array_stream", &destroy_capsule);
  if (!capsule) throw py::error_already_set();
  own.release();
  stream.release();
  return py::reinterpret_steal<py::capsule>(capsule);
}

}  // namespace koinon::python
