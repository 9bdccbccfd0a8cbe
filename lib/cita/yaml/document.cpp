#include <cita/base/text.hpp>
#include <cita/yaml/document.hpp>

#include <yaml.h>

#include <algorithm>
#include <cassert>

namespace cita::yaml {

NodeKind Node::kind() const { return document_->nodes_[index_].kind; }

bool Node::is_quoted() const { return document_->nodes_[index_].quoted; }

std::string_view Node::text() const {
  const auto& data = document_->nodes_[index_];
  return std::string_view(document_->characters_).substr(data.text, data.text_size);
}

bool Node::is_null() const {
  if (!is_scalar() || is_quoted()) return false;
  const std::string_view value = text();
  return value.empty() || value == "~" || value == "null";
}

Span Node::span() const {
  const auto& data = document_->nodes_[index_];
  return {document_->source_.get(), data.begin, data.end};
}

std::size_t Node::size() const { return document_->nodes_[index_].count; }

Node Node::item(std::size_t index) const {
  const auto& data = document_->nodes_[index_];
  return {document_, document_->children_[data.first + index].node};
}

std::string_view Node::key(std::size_t index) const {
  const auto& data = document_->nodes_[index_];
  return Node(document_, document_->children_[data.first + index].key_node).text();
}

Span Node::key_span(std::size_t index) const {
  const auto& data = document_->nodes_[index_];
  return Node(document_, document_->children_[data.first + index].key_node).span();
}

Node Node::find(std::string_view wanted) const {
  for (std::size_t i = 0; i < size(); ++i)
    if (key(i) == wanted) return item(i);
  return {};
}

namespace {

// libyaml's parser and its current event, released when they go out of scope.
class Events {
 public:
  explicit Events(std::string_view text) {
    good_ = yaml_parser_initialize(&parser_) == 1;
    if (!good_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());  // NOLINT
  }
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;
  ~Events() {
    if (has_event_) yaml_event_delete(&event_);
    if (good_) yaml_parser_delete(&parser_);
  }

  bool next() {
    if (has_event_) yaml_event_delete(&event_);
    has_event_ = good_ && yaml_parser_parse(&parser_, &event_) == 1;
    return has_event_;
  }
  const yaml_event_t& event() const { return event_; }
  const yaml_parser_t& parser() const { return parser_; }

 private:
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool good_ = false;
  bool has_event_ = false;
};

std::string_view view(const yaml_char_t* text, std::size_t size) {
  return {reinterpret_cast<const char*>(text), size};  // NOLINT: yaml_char_t is unsigned char
}

}  // namespace

// Builds a Document from the parser's events, without recursion.
class Builder {
 public:
  Builder(std::shared_ptr<const Source> source, Diagnostics& diagnostics, const Limits& limits)
      : document_(std::make_unique<Document>()), diagnostics_(diagnostics), limits_(limits) {
    document_->source_ = std::move(source);
    text_ = document_->source_->text();
    // A byte order mark is no part of the text; offsets count from the file's first byte.
    if (text_.substr(0, byte_order_mark.size()) == byte_order_mark) shift_ = byte_order_mark.size();
  }

  std::unique_ptr<Document> build() {
    if (!check_bytes()) return nullptr;
    Events events(text_.substr(shift_));
    int documents = 0;
    while (events.next()) {
      const yaml_event_t& event = events.event();
      const std::uint32_t begin = offset(event.start_mark), end = offset(event.end_mark);
      switch (event.type) {
        case YAML_STREAM_END_EVENT: return finish();
        case YAML_DOCUMENT_START_EVENT:
          if (++documents > 1) {
            diagnostics_.error("second-document", at(begin, end), "a second YAML document starts here",
                               "keep one incident a file; remove everything from this '---' on");
            return finish();
          }
          break;
        case YAML_ALIAS_EVENT:
          diagnostics_.error("alias", at(begin, end), "aliases (*name) are not allowed here", "write the value out");
          add(scalar(begin, end, {}, false));
          break;
        case YAML_SCALAR_EVENT:
          refuse_anchor(event.data.scalar.anchor, event.data.scalar.tag, begin, end);
          add(scalar(begin, end, view(event.data.scalar.value, event.data.scalar.length),
                     event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE));
          break;
        case YAML_SEQUENCE_START_EVENT:
          refuse_anchor(event.data.sequence_start.anchor, event.data.sequence_start.tag, begin, end);
          open(NodeKind::sequence, begin);
          break;
        case YAML_MAPPING_START_EVENT:
          refuse_anchor(event.data.mapping_start.anchor, event.data.mapping_start.tag, begin, end);
          open(NodeKind::mapping, begin);
          break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT: close(end); break;
        default: break;
      }
      if (stopped_) return nullptr;
    }
    report_syntax_error(events.parser());
    return nullptr;
  }

 private:
  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  static constexpr std::string_view tag_word = "%TAG";

  struct Open {
    std::uint32_t node;
    std::vector<Document::Child> children;
    std::uint32_t pending_key = 0;
    bool has_key = false;
  };

  Span at(std::size_t begin, std::size_t end) const {
    return {document_->source_.get(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  std::uint32_t offset(const yaml_mark_t& mark) { return static_cast<std::uint32_t>(shift_ + byte_of(mark.index)); }

  // libyaml counts characters; a file that is all ASCII needs no conversion. Marks come in order, so a cursor is enough.
  std::size_t byte_of(std::size_t characters) {
    if (ascii_) return characters;
    const std::string_view body = text_.substr(shift_);
    if (characters < cursor_characters_) cursor_characters_ = cursor_bytes_ = 0;
    while (cursor_characters_ < characters && cursor_bytes_ < body.size()) {
      ++cursor_bytes_;
      while (cursor_bytes_ < body.size() && (static_cast<unsigned char>(body[cursor_bytes_]) & 0xC0U) == 0x80U) ++cursor_bytes_;
      ++cursor_characters_;
    }
    return cursor_bytes_;
  }

  bool check_bytes() {
    if (text_.size() > limits_.bytes) {
      diagnostics_.error("file-too-large", at(0, 0), "the file is larger than " + std::to_string(limits_.bytes >> 20U) + " MiB",
                         "an incident file holds the timeline; put certificate lists into files of their own");
      return false;
    }
    std::size_t bad = 0;
    if (!text::is_utf8(text_, &bad)) {
      diagnostics_.error("invalid-utf8", at(bad, bad + 1), "the file is not UTF-8 here", "save the file with the encoding UTF-8");
      return false;
    }
    if (const std::size_t nul = text_.find('\0'); nul != std::string_view::npos) {
      diagnostics_.error("nul-character", at(nul, nul + 1), "the file holds a NUL character", "remove it; a text file has none");
      return false;
    }
    if (const std::size_t directive = tag_directive(); directive != std::string_view::npos) {
      diagnostics_.error("tag", at(directive, directive + tag_word.size()), "tags (!name) are not allowed here",
                         "remove this line");
      return false;
    }
    ascii_ = text::is_ascii(text_);
    return true;
  }

  // A line that declares tags. It has to be found before parsing: libyaml compares each with all before it.
  std::size_t tag_directive() const {
    std::size_t found = text_.find(tag_word, shift_);
    while (found != std::string_view::npos && found != shift_ && text_[found - 1] != '\n' && text_[found - 1] != '\r')
      found = text_.find(tag_word, found + 1);
    return found;
  }

  void refuse_anchor(const yaml_char_t* anchor, const yaml_char_t* tag, std::size_t begin, std::size_t end) {
    if (anchor != nullptr)
      diagnostics_.error("anchor", at(begin, end), "anchors (&name) are not allowed here", "write the value out");
    if (tag != nullptr) diagnostics_.error("tag", at(begin, end), "tags (!name) are not allowed here", "remove it");
  }

  std::uint32_t scalar(std::uint32_t begin, std::uint32_t end, std::string_view value, bool quoted) {
    Document::Data data;
    data.kind = NodeKind::scalar;
    data.quoted = quoted;
    data.begin = begin;
    data.end = end;
    data.text = static_cast<std::uint32_t>(document_->characters_.size());
    data.text_size = static_cast<std::uint32_t>(value.size());
    document_->characters_ += value;
    return keep(data);
  }

  std::uint32_t keep(const Document::Data& data) {
    if (document_->nodes_.size() >= limits_.nodes) {
      diagnostics_.error("too-many-values", at(data.begin, data.end),
                         "the file has more than " + std::to_string(limits_.nodes) + " values",
                         "split the incident into several files");
      stopped_ = true;
    }
    document_->nodes_.push_back(data);
    return static_cast<std::uint32_t>(document_->nodes_.size() - 1);
  }

  void open(NodeKind kind, std::uint32_t begin) {
    if (static_cast<int>(open_.size()) >= limits_.depth) {
      diagnostics_.error("too-deep", at(begin, begin + 1),
                         "values are nested deeper than " + std::to_string(limits_.depth) + " levels",
                         "nothing in this format needs that; check the brackets and the indentation");
      stopped_ = true;
      return;
    }
    Document::Data data;
    data.kind = kind;
    data.begin = begin;
    open_.push_back({keep(data), {}, 0, false});
  }

  void close(std::uint32_t end) {
    Open top = std::move(open_.back());
    open_.pop_back();
    if (document_->nodes_[top.node].kind == NodeKind::mapping) drop_duplicates(top.children);
    Document::Data& data = document_->nodes_[top.node];
    data.first = static_cast<std::uint32_t>(document_->children_.size());
    data.count = static_cast<std::uint32_t>(top.children.size());
    // A block collection ends where the next token starts; its last child says where its text ends.
    data.end = end;
    if (!top.children.empty()) data.end = std::max(document_->nodes_[top.children.back().node].end, trimmed(data.begin, end));
    document_->children_.insert(document_->children_.end(), top.children.begin(), top.children.end());
    add(top.node);
  }

  std::uint32_t trimmed(std::uint32_t begin, std::uint32_t end) const {
    while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r' || text_[end - 1] == ' ')) --end;
    return end;
  }

  void add(std::uint32_t node) {
    if (open_.empty()) {
      document_->root_ = node;
      return;
    }
    Open& parent = open_.back();
    if (document_->nodes_[parent.node].kind == NodeKind::sequence) {
      parent.children.push_back({0, node});
    } else if (!parent.has_key) {
      parent.pending_key = node;
      parent.has_key = true;
      if (document_->nodes_[node].kind != NodeKind::scalar)
        diagnostics_.error("key-not-text", span_of(node), "a key has to be a single word or text", "write 'key: value'");
    } else {
      parent.has_key = false;
      parent.children.push_back({parent.pending_key, node});
    }
  }

  // Reports keys that are set twice and keeps the first of each.
  void drop_duplicates(std::vector<Document::Child>& entries) {
    std::vector<Document::Child> sorted = entries;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [this](const auto& a, const auto& b) { return text_of(a.key_node) < text_of(b.key_node); });
    std::vector<std::uint32_t> dropped;
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      if (text_of(sorted[i].key_node) != text_of(sorted[i - 1].key_node)) continue;
      dropped.push_back(sorted[i].key_node);
      Diagnostic duplicate;
      duplicate.code = "duplicate-key";
      duplicate.message = "the key '" + std::string(text_of(sorted[i].key_node)) + "' is already set";
      duplicate.span = span_of(sorted[i].key_node);
      duplicate.help = "keep one of the two";
      duplicate.related.push_back({span_of(sorted[i - 1].key_node), "set here too"});
      diagnostics_.add(std::move(duplicate));
    }
    if (dropped.empty()) return;
    std::sort(dropped.begin(), dropped.end());
    std::erase_if(entries,
                  [&dropped](const auto& entry) { return std::binary_search(dropped.begin(), dropped.end(), entry.key_node); });
  }

  std::string_view text_of(std::uint32_t node) const {
    const auto& data = document_->nodes_[node];
    return std::string_view(document_->characters_).substr(data.text, data.text_size);
  }
  Span span_of(std::uint32_t node) const { return at(document_->nodes_[node].begin, document_->nodes_[node].end); }

  void report_syntax_error(const yaml_parser_t& parser) {
    const char* problem = parser.problem != nullptr ? parser.problem : "this is not YAML";
    if (parser.error == YAML_READER_ERROR) {
      const std::size_t place = shift_ + parser.problem_offset;
      diagnostics_.error("control-character", at(place, place + 1), std::string("the file cannot be read here: ") + problem,
                         "remove the character; a text file has no control characters");
      return;
    }
    const std::uint32_t place = offset(parser.problem_mark);
    Diagnostic error;
    error.code = "yaml-syntax";
    error.message = std::string("not valid YAML: ") + problem;
    error.span = at(place, std::min<std::size_t>(place + 1, text_.size()));
    error.help = "check the indentation, the colons and the quotes around here; a text with ': ' or '#' in it needs quotes";
    if (parser.context != nullptr && parser.context_mark.index != parser.problem_mark.index) {
      const std::uint32_t context = offset(parser.context_mark);
      error.related.push_back({at(context, std::min<std::size_t>(context + 1, text_.size())), parser.context});
    }
    diagnostics_.add(std::move(error));
  }

  std::unique_ptr<Document> finish() {
    if (document_->nodes_.empty()) {
      diagnostics_.error("empty-file", at(0, 0), "the file is empty", "start with 'cita: 1'");
      return nullptr;
    }
    return std::move(document_);
  }

  std::unique_ptr<Document> document_;
  Diagnostics& diagnostics_;
  const Limits& limits_;
  std::string_view text_;
  std::size_t shift_ = 0;
  bool ascii_ = false;
  bool stopped_ = false;
  std::size_t cursor_characters_ = 0, cursor_bytes_ = 0;
  std::vector<Open> open_;
};

std::unique_ptr<Document> parse(std::shared_ptr<const Source> source, Diagnostics& diagnostics, const Limits& limits) {
  return Builder(std::move(source), diagnostics, limits).build();
}

}  // namespace cita::yaml
