// A YAML file as immutable nodes, each with its place. The one home of the YAML parser.
//
//   auto document = yaml::parse(source, diagnostics);
//   if (document) { yaml::Node root = document->root(); … }
//
// Every scalar is text until a field types it (so `no`, `010` and `1e3` stay what was written). Duplicate keys, aliases,
// anchors, tags and merge keys are diagnosed: our files have no use for them, and they are how a small file becomes a big
// one. Size, depth and the number of nodes are limited.
#pragma once

#include <cita/base/diagnostic.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cita::yaml {

/// What a file may be at most. Beyond it stands one diagnostic, and nothing more is read.
struct Limits {
  std::size_t bytes = std::size_t{8} << 20U;
  int depth = 32;
  std::size_t nodes = 500'000;
};

enum class NodeKind : std::uint8_t { scalar, sequence, mapping };

class Document;

/// One node; a light handle that lives as long as its Document.
class Node {
 public:
  Node() = default;
  explicit operator bool() const { return document_ != nullptr; }

  NodeKind kind() const;
  bool is_scalar() const { return kind() == NodeKind::scalar; }
  bool is_sequence() const { return kind() == NodeKind::sequence; }
  bool is_mapping() const { return kind() == NodeKind::mapping; }
  /// An unquoted empty scalar, `~` or `null`.
  bool is_null() const;
  /// Whether a scalar stood in quotes or as a block.
  bool is_quoted() const;

  /// A scalar's text.
  std::string_view text() const;
  Span span() const;

  /// Of a sequence: its items. Of a mapping: its values.
  std::size_t size() const;
  Node item(std::size_t index) const;
  /// Of a mapping: the key of the n-th entry.
  std::string_view key(std::size_t index) const;
  Span key_span(std::size_t index) const;
  /// Of a mapping: the value under a key, or no node.
  Node find(std::string_view key) const;

 private:
  friend class Document;
  Node(const Document* document, std::uint32_t index) : document_(document), index_(index) {}

  const Document* document_ = nullptr;
  std::uint32_t index_ = 0;
};

class Document {
 public:
  Node root() const { return nodes_.empty() ? Node() : Node(this, root_); }
  const Source& source() const { return *source_; }

 private:
  friend class Node;
  friend class Builder;

  struct Data {
    NodeKind kind = NodeKind::scalar;
    bool quoted = false;
    std::uint32_t begin = 0, end = 0;
    std::uint32_t first = 0, count = 0;     // of a collection: its slice of children_
    std::uint32_t text = 0, text_size = 0;  // of a scalar: its slice of characters_
  };
  struct Child {
    std::uint32_t key_node;  // of a mapping's entry
    std::uint32_t node;
  };

  std::shared_ptr<const Source> source_;
  std::vector<Data> nodes_;
  std::vector<Child> children_;
  std::string characters_;
  std::uint32_t root_ = 0;
};

/// Reads a file's text. Nothing is returned when it is no YAML at all; the diagnostics say why.
std::unique_ptr<Document> parse(std::shared_ptr<const Source> source, Diagnostics& diagnostics, const Limits& limits = {});

}  // namespace cita::yaml
