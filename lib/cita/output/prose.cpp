#include <cita/output/prose.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

namespace cita::markdown {

namespace {

using Lines = std::vector<std::string>;
constexpr std::string_view digits = "0123456789";
constexpr int deepest = 8;  // lists and quotes within each other; deeper ones are text

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }
bool is_blank(std::string_view line) { return indent_of(line) == line.size(); }
std::string_view trimmed(std::string_view line) {
  line.remove_prefix(indent_of(line));
  while (line.ends_with(' ')) line.remove_suffix(1);
  return line;
}
std::size_t run_of(std::string_view text, char c) { return std::min(text.find_first_not_of(c), text.size()); }
bool is_http(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

Lines lines_of(std::string_view text) {
  Lines lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// ---- what a line begins

struct Heading {
  int level = 0;
  std::string_view text;
};

std::optional<Heading> heading_at(std::string_view line) {
  if (indent_of(line) > 3) return std::nullopt;
  const std::string_view text = trimmed(line);
  const std::size_t level = run_of(text, '#');
  if (level < 1 || level > 6 || (level < text.size() && text[level] != ' ')) return std::nullopt;
  return Heading{static_cast<int>(level), trimmed(text.substr(level))};
}

struct Fence {
  char sign = '`';
  std::size_t length = 0;
  std::size_t indent = 0;
  std::string info;
};

std::optional<Fence> fence_at(std::string_view line) {
  const std::size_t indent = indent_of(line);
  const std::string_view text = trimmed(line);
  if (indent > 3 || text.empty() || (text[0] != '`' && text[0] != '~')) return std::nullopt;
  const std::size_t length = run_of(text, text[0]);
  const std::string_view info = trimmed(text.substr(length));
  if (length < 3 || (text[0] == '`' && info.find('`') != std::string_view::npos)) return std::nullopt;
  Fence fence{text[0], length, indent, {}};
  for (const char c : info)
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '+') fence.info += c;
    else break;
  return fence;
}

bool closes(std::string_view line, const Fence& fence) {
  const std::string_view text = trimmed(line);
  return indent_of(line) <= 3 && run_of(text, fence.sign) == text.size() && text.size() >= fence.length;
}

bool is_rule(std::string_view line) {
  if (indent_of(line) > 3) return false;
  std::string signs;
  std::copy_if(line.begin(), line.end(), std::back_inserter(signs), [](char c) { return c != ' '; });
  return signs.size() >= 3 && std::string_view("-*_").find(signs[0]) != std::string_view::npos &&
         run_of(signs, signs[0]) == signs.size();
}

// The level of the heading that an underline makes of the paragraph above it; 0 for other lines.
int underline_level(std::string_view line) {
  const std::string_view text = trimmed(line);
  if (indent_of(line) > 3 || text.empty() || (text[0] != '=' && text[0] != '-') || run_of(text, text[0]) != text.size()) return 0;
  return text[0] == '=' ? 1 : 2;
}

struct Marker {
  std::string text;       // "-", "2."
  std::size_t width = 0;  // where its content begins
  bool empty = false;

  bool interrupts() const { return !empty && (text.size() == 1 || text == "1." || text == "1)"); }
};

std::optional<Marker> marker_at(std::string_view line) {
  const std::size_t indent = indent_of(line);
  if (indent > 3 || is_rule(line)) return std::nullopt;
  const std::string_view text = line.substr(indent);
  std::size_t length = std::min(text.find_first_not_of(digits), text.size());
  if (length > 9 || length == text.size()) return std::nullopt;
  const bool is_sign =
      (length == 0 ? std::string_view("-+*") : std::string_view(".)")).find(text[length]) != std::string_view::npos;
  ++length;
  if (!is_sign || (length < text.size() && text[length] != ' ')) return std::nullopt;
  const std::string_view rest = text.substr(length);
  const std::size_t spaces = indent_of(rest);
  const bool empty = spaces == rest.size();
  return Marker{std::string(text.substr(0, length)), indent + length + (empty || spaces > 4 ? 1 : spaces), empty};
}

bool is_quote(std::string_view line) { return indent_of(line) <= 3 && trimmed(line).starts_with('>'); }

// "|---|:-:|", the line below a table's head.
bool is_table_rule(std::string_view line) {
  const std::string_view text = trimmed(line);
  return text.find('|') != std::string_view::npos && text.find('-') != std::string_view::npos &&
         text.find_first_not_of("|-: ") == std::string_view::npos;
}

bool begins_block(std::string_view line) {
  const auto marker = marker_at(line);
  return heading_at(line) || fence_at(line) || is_rule(line) || is_quote(line) || (marker && marker->interrupts());
}

// ---- inside a line

// A '[' at the beginning that would begin a link reference definition: hidden, and with it the text.
bool begins_definition(std::string_view text) {
  if (!text.starts_with('[')) return false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') ++i;
    else if (text[i] == ']') return i + 1 < text.size() && text[i + 1] == ':';
  }
  return false;
}

// "[1]: https://…": deliberate, for all it defines is an address.
bool defines_address(std::string_view line) {
  if (!begins_definition(line)) return false;
  std::string_view rest = trimmed(line.substr(line.find("]:") + 2));
  if (rest.starts_with('<')) rest.remove_prefix(1);
  return is_http(rest) && rest.find(' ') == std::string_view::npos && rest.find('<') == std::string_view::npos;
}

class Inline {
 public:
  explicit Inline(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) step();
    return std::move(out_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  bool after_space() const { return at_ == 0 || text_[at_ - 1] == ' ' || text_[at_ - 1] == '\n'; }
  void take(std::size_t count) {
    out_ += text_.substr(at_, count);
    at_ += count;
  }

  void step() {
    const char c = text_[at_];
    if (after_space()) in_address_ = false;
    if (rest().starts_with("://") || (rest().starts_with("www.") && after_space())) in_address_ = true;
    const std::size_t revision = after_space() ? revision_length(rest()) : 0;
    if (c == '`') code();
    else if (c == '\\') escape();
    else if (c == '!' && rest().starts_with("![")) out_ += "\\!", ++at_;
    else if (c == '~') tildes();
    else if (c == '<' && in_address_) out_ += " <", ++at_, in_address_ = false;
    else if (revision > 0) out_ += '`', take(revision), out_ += '`';
    else in_address_ = in_address_ && c != '>', take(1);
  }

  // Code is left alone; backticks that nothing closes are only themselves.
  void code() {
    const std::size_t length = run_of(rest(), '`');
    if (last_runs_.empty())
      for (std::size_t i = at_; i != std::string_view::npos; i = text_.find('`', i + run_of(text_.substr(i), '`')))
        last_runs_[run_of(text_.substr(i), '`')] = i;
    if (last_runs_[length] <= at_) return take(length);
    for (std::size_t end = at_ + length; (end = text_.find('`', end)) != std::string_view::npos;) {
      const std::size_t closing = run_of(text_.substr(end), '`');
      end += closing;
      if (closing == length) return take(end - at_);
    }
    take(length);
  }

  void escape() {
    if (rest().starts_with("\\<") && !is_http(rest().substr(2))) ++at_;
    else take(2);
  }

  void tildes() {
    const std::size_t length = run_of(rest(), '~');
    if (length == 1) out_ += '\\';
    take(length);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool in_address_ = false;
  std::map<std::size_t, std::size_t> last_runs_;  // where the last run of so many backticks stands
  std::string out_;
};

std::string inlined(std::string_view text) { return Inline(text).run(); }

// ---- blocks

class Reader {
 public:
  Reader(int level, int depth) : level_(level), depth_(depth) {}

  Blocks read(const Lines& lines) {
    lines_ = &lines;
    for (at_ = 0; at_ < lines.size();) {
      if (is_blank(line())) gap_ = true, ++at_;
      else block();
    }
    return std::move(blocks_);
  }

 private:
  const std::string& line() const { return (*lines_)[at_]; }
  const std::string* line_after() const { return at_ + 1 < lines_->size() ? &(*lines_)[at_ + 1] : nullptr; }
  bool at_table() const {
    return line().find('|') != std::string::npos && line_after() != nullptr && is_table_rule(*line_after());
  }

  void add(Block block) {
    blocks_.push_back(std::move(block));
    gap_ = false;
  }

  void block() {
    const auto marker = marker_at(line());
    if (const auto found = heading_at(line())) add_heading(found->level, found->text), ++at_;
    else if (const auto fence = fence_at(line())) fenced(*fence);
    else if (is_rule(line())) add({"---", Block::Sort::other, 0, false, false, {}, {}}), ++at_;
    else if (is_quote(line()) && depth_ < deepest) quote();
    else if (marker && depth_ < deepest) list_item(*marker);
    else if (indent_of(line()) > 3) indented_code();
    else if (at_table()) table_rows();
    else text();
  }

  void add_heading(int level, std::string_view text) { add(heading(std::min(6, std::max(level, level_ + 1)), inlined(text))); }

  // Code becomes a run of lines in a fence that is longer than any in it.
  void add_code(const Lines& code, const std::string& info) {
    std::size_t longest = 2;
    for (const std::string& each : code)
      for (std::size_t i = each.find('`'); i != std::string::npos;
           i = each.find('`', i + run_of(std::string_view(each).substr(i), '`')))
        longest = std::max(longest, run_of(std::string_view(each).substr(i), '`'));
    const std::string fence(longest + 1, '`');
    bool first = true;
    for (const std::string& each : code) {
      add({each, Block::Sort::other, 0, !first, false, fence + info, fence});
      first = false;
    }
  }

  void fenced(const Fence& fence) {
    Lines code;
    for (++at_; at_ < lines_->size() && !closes(line(), fence); ++at_)
      code.push_back(line().substr(std::min(indent_of(line()), fence.indent)));
    const bool is_closed = at_ < lines_->size();
    if (is_closed) ++at_;
    while (!is_closed && !code.empty() && is_blank(code.back())) code.pop_back();
    if (code.empty()) code.emplace_back();
    add_code(code, fence.info);
  }

  void indented_code() {
    Lines code;
    for (; at_ < lines_->size() && (is_blank(line()) || indent_of(line()) > 3); ++at_)
      code.push_back(line().substr(std::min<std::size_t>(line().size(), 4)));
    while (!code.empty() && is_blank(code.back())) code.pop_back();
    add_code(code, {});
    gap_ = true;
  }

  // Quotes and items are read by themselves and written as one piece, so that what is open in them ends with them.
  std::string inner(const Lines& lines) const { return comment(Reader(level_, depth_ + 1).read(lines)); }

  void quote() {
    Lines quoted;
    for (; at_ < lines_->size() && is_quote(line()); ++at_) {
      std::string_view rest = std::string_view(line()).substr(indent_of(line()) + 1);
      if (rest.starts_with(' ')) rest.remove_prefix(1);
      quoted.emplace_back(rest);
    }
    std::string text;
    for (const std::string& each : lines_of(inner(quoted)))
      text.append(text.empty() ? "" : "\n").append(each.empty() ? ">" : "> " + each);
    add({text.empty() ? ">" : text, Block::Sort::other, 0, false, false, {}, {}});
  }

  void list_item(const Marker& marker) {
    const bool follows =
        !gap_ && !blocks_.empty() && !marker.empty && (in_list_ || marker.interrupts()) && blocks_.back().close.empty();
    Lines own{line().substr(std::min(marker.width, line().size()))};
    bool has_fence = fence_at(own.back()).has_value();
    for (++at_; at_ < lines_->size() && (belongs(marker) || (!has_fence && continues(own.back()))); ++at_) {
      own.push_back(line().substr(std::min(marker.width, indent_of(line()))));
      has_fence = has_fence || fence_at(own.back());
    }
    while (own.size() > 1 && is_blank(own.back())) own.pop_back(), --at_;
    Blocks pieces = item(marker.text, {paragraph(inner(own))}, follows);
    pieces.front().sort = Block::Sort::other;
    if (marker.empty && own.size() == 1) pieces.front().text = marker.text;
    add(std::move(pieces.front()));
    in_list_ = true;
  }

  // A line of an item: blank, or indented as its content is.
  bool belongs(const Marker& marker) const { return is_blank(line()) || indent_of(line()) >= marker.width; }

  // The lazy end of a paragraph in an item.
  bool continues(std::string_view before) const {
    return !is_blank(before) && !heading_at(before) && !begins_block(line()) && !marker_at(line()) && !at_table();
  }

  void table_rows() {
    const std::string head = inlined(trimmed(line()));
    const std::string open = (begins_definition(head) ? "\\" : "") + head + "\n" + std::string(trimmed(*line_after()));
    bool first = true;
    for (at_ += 2; at_ < lines_->size() && line().find('|') != std::string::npos && !begins_block(line()); ++at_) {
      add({inlined(trimmed(line())), Block::Sort::other, 0, !first, false, open, {}});
      first = false;
    }
    if (first) add({open, Block::Sort::other, 0, false, false, {}, {}});
    gap_ = true;
  }

  void text() {
    if (defines_address(trimmed(line()))) {
      add({std::string(trimmed(line())), Block::Sort::other, 0, false, false, {}, {}});
      ++at_;
      return;
    }
    std::string joined;
    for (bool first = true; at_ < lines_->size() && !is_blank(line()); ++at_, first = false) {
      if (const int level = first ? 0 : underline_level(line()); level > 0) {
        ++at_;
        return add_heading(level, one_line(joined));
      }
      if (!first && (begins_block(line()) || at_table())) break;
      append(joined, line());
    }
    in_list_ = false;
    joined.resize(joined.find_last_not_of(" \n") + 1);
    joined = inlined(joined);
    add(paragraph(begins_definition(joined) || is_too_deep(joined) ? "\\" + joined : joined));
  }

  // A line break stays as it is written: a backslash, or two spaces.
  static void append(std::string& joined, std::string_view line) {
    const std::string_view text = trimmed(line);
    // What was indented too far to begin anything does so once it is not.
    const bool begins = begins_block(text) || underline_level(text) > 0 || is_table_rule(text);
    if (begins) joined.resize(joined.find_last_not_of(" \n") + 1);
    if (!joined.empty() && !joined.ends_with('\n')) joined += ' ';
    joined += text;
    const std::size_t backslashes = text.size() - (text.find_last_not_of('\\') + 1);
    if (backslashes % 2 == 1) joined += '\n';
    else if (line.ends_with("  ")) joined += "  \n";
  }

  bool is_too_deep(std::string_view text) const { return depth_ >= deepest && (is_quote(text) || marker_at(text)); }

  const int level_;
  const int depth_;
  const Lines* lines_ = nullptr;
  std::size_t at_ = 0;
  bool gap_ = false;
  bool in_list_ = false;
  Blocks blocks_;
};

}  // namespace

Blocks prose(std::string_view neutral, int level) { return Reader(level, 0).read(lines_of(neutral)); }

}  // namespace cita::markdown
