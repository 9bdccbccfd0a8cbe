#include <cita/base/text.hpp>
#include <cita/output/markdown.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace cita::markdown {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

constexpr std::int32_t invalid = -1;

// The code point at an offset, which moves behind it; `invalid` for a byte that begins none.
std::int32_t next(std::string_view text, std::size_t& offset) {
  const auto byte = [&](std::size_t i) { return static_cast<std::int32_t>(static_cast<unsigned char>(text[i])); };
  const std::int32_t lead = byte(offset++);
  if (lead < 0x80) return lead;
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  if (lead < 0xC2 || lead > 0xF4 || offset + more > text.size()) return invalid;
  std::int32_t point = lead & (0x3F >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(offset + i) & 0xC0) != 0x80) return invalid;
    point = (point << 6) | (byte(offset + i) & 0x3F);
  }
  constexpr std::int32_t least[] = {0, 0x80, 0x800, 0x10000};
  if (point < least[more] || (point >= 0xD800 && point <= 0xDFFF) || point > 0x10FFFF) return invalid;
  offset += more;
  return point;
}

bool ends_line(std::int32_t point) {
  return point == '\n' || point == '\r' || point == 0x85 || point == 0x2028 || point == 0x2029;
}

bool is_control(std::int32_t point) { return point < 0x20 || (point >= 0x7F && point < 0xA0); }

// Marks that turn the direction of text, and characters that are nothing to the eye (tags, the byte order mark).
bool is_treacherous(std::int32_t point) {
  return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0x200E || point == 0x200F ||
         point == 0x061C || point == 0xFEFF || (point >= 0xE0000 && point <= 0xE007F);
}

bool is_space(std::int32_t point) {
  return point == ' ' || point == '\n' || point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) ||
         point == 0x202F || point == 0x205F || point == 0x3000;
}

// "https:" and the like at the beginning of an address: how long it is, else 0.
std::size_t scheme_length(std::string_view text) {
  const auto same = [](char a, char b) { return a == lower(b); };
  for (const std::string_view scheme : {"http://", "https://", "ftp://"})
    if (text.size() >= scheme.size() && std::equal(scheme.begin(), scheme.end(), text.begin(), same)) return scheme.size() - 2;
  return 0;
}

// A line of plain text, escaped from left to right.
class Escaper {
 public:
  explicit Escaper(std::string_view line) : line_(line) {}

  std::string run() {
    leading();
    while (at_ < line_.size())
      if (!address() && !revision()) character();
    return std::move(out_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\0'; }
  char before() const { return at_ > 0 ? line_[at_ - 1] : ' '; }

  void take(std::size_t count) {
    out_ += line_.substr(at_, count);
    at_ += count;
  }
  void take_escaped() {
    out_ += '\\';
    take(1);
  }

  // What begins a heading, a quote, a list or an underline when it stands first.
  void leading() {
    if (std::string_view("#+-=>").find(peek()) != std::string_view::npos) return take_escaped();
    std::size_t digits = 0;
    while (is_digit(peek(digits))) ++digits;
    if (digits > 0 && (peek(digits) == '.' || peek(digits) == ')')) {
      take(digits);
      take_escaped();
    }
  }

  void character() {
    const char c = peek();
    const bool in_word = is_alphanumeric(before()) && is_alphanumeric(peek(1));
    if (c == '&' && begins_entity(line_.substr(at_))) out_ += "&amp;", ++at_;
    else if (c == '<' && is_http(line_.substr(at_ + 1))) out_ += "&lt;", ++at_;
    else if (c == '_' && in_word) take(1);
    else if (std::string_view("\\`*_[]|~").find(c) != std::string_view::npos) take_escaped();
    else take(1);
  }

  // A revision as Bugzilla sees it is linked only where its text stands alone: not in code.
  bool revision() {
    if (before() != ' ') return false;
    const std::size_t length = revision_length(line_.substr(at_));
    if (length == 0) return false;
    out_ += '`';
    take(length);
    out_ += '`';
    return true;
  }

  // ---- addresses: inside one, a backslash would be part of it

  static bool is_http(std::string_view text) { return text.starts_with("http://") || text.starts_with("https://"); }

  bool address() {
    const std::string_view rest = line_.substr(at_);
    const std::size_t scheme = is_letter(before()) ? 0 : scheme_length(rest);
    const bool named = rest.starts_with("www.") && std::string_view(" *_~(").find(before()) != std::string_view::npos;
    if (scheme == 0 && !named) return false;
    const std::string_view run = rest.substr(0, rest.find_first_of(" <>"));
    const std::size_t last = run.find_last_not_of("?!.,:;*_~'\")]}");
    const std::string_view core = run.substr(0, last == std::string_view::npos ? 0 : last + 1);
    if (is_simple(core, rest)) {
      take(core.size());
    } else if (is_http(rest) && core.find('|') == std::string_view::npos) {
      in_brackets(core);
    } else {  // not a link, then: the colon or the full stop no longer makes it one
      take(scheme > 0 ? scheme - 1 : 3);
      take_escaped();
    }
    return true;
  }

  // Whether the parser finds the same end of the address, and nothing in it that means anything.
  static bool is_simple(std::string_view core, std::string_view rest) {
    const auto harmless = [](char c) {
      return is_alphanumeric(c) || std::string_view("./:?=%#+-&").find(c) != std::string_view::npos;
    };
    if (core.empty() || !std::all_of(core.begin(), core.end(), harmless)) return false;
    for (std::size_t i = core.find('&'); i != std::string_view::npos; i = core.find('&', i + 1))
      if (begins_entity(rest.substr(i))) return false;
    const std::size_t end = rest.find_first_not_of(".,:!?", core.size());
    return end == std::string_view::npos || rest[end] == ' ';
  }

  // "<https://…>" is shown without its brackets, and ends where it ends.
  void in_brackets(std::string_view core) {
    out_ += '<';
    for (std::size_t i = 0; i < core.size(); ++i)
      if (core[i] == '&' && begins_entity(core.substr(i))) out_ += "&amp;";
      else out_ += core[i];
    out_ += '>';
    at_ += core.size();
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::string out_;
};

void append_lines(std::string& to, std::string_view text, int indent) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) to.append(static_cast<std::size_t>(std::max(indent, 0)), ' ').append(text.substr(begin, end - begin));
    if (end < text.size()) to += '\n';
    begin = end + 1;
  }
}

// Writes pieces one after the other. A comment that begins inside a list drops the indentation of that list.
class Writer {
 public:
  void add(const Block& block) {
    const bool first = text_.empty();
    const bool continues = !first && block.tight && block.open == open_ && block.close == close_;
    if (!continues) end_run();
    if (first) dedent_ = block.indent;
    dedent_ = std::min(dedent_, block.indent);
    const int indent = block.indent - dedent_;
    if (!first) text_ += block.tight ? "\n" : "\n\n";
    if (!continues && !block.open.empty()) {
      append_lines(text_, block.open, indent);
      text_ += '\n';
    }
    append_lines(text_, block.text, indent);
    open_ = block.open;
    close_ = block.close;
    indent_ = indent;
  }

  std::string finish() {
    end_run();
    return std::move(text_);
  }

 private:
  void end_run() {
    if (!close_.empty()) {
      text_ += '\n';
      append_lines(text_, close_, indent_);
    }
    open_.clear();
    close_.clear();
  }

  std::string text_, open_, close_;
  int dedent_ = 0;
  int indent_ = 0;
};

// The most that a piece adds to a comment in which it is not the first; as the first it needs no more.
std::size_t cost(const Block& block) {
  const auto lines = static_cast<std::size_t>(2 + std::count(block.text.begin(), block.text.end(), '\n') +
                                              std::count(block.open.begin(), block.open.end(), '\n'));
  return text::code_points(block.text) + text::code_points(block.open) + text::code_points(block.close) +
         lines * static_cast<std::size_t>(block.indent) + 6;
}

// Text that begins a line after all, so that it does not begin a list or a heading by that.
std::string guarded(std::string_view text) {
  std::string result(text);
  const std::size_t digits = std::min(result.find_first_not_of("0123456789"), result.size());
  if (digits < result.size() && digits > 0 && (result[digits] == '.' || result[digits] == ')')) result.insert(digits, 1, '\\');
  else if (result.find_first_of("#+-=>*`~:|[") == 0) result.insert(0, 1, '\\');
  return result;
}

// A paragraph in pieces that each fit, divided at spaces where there are any.
void divide(const Block& block, std::size_t limit, Blocks& into) {
  std::string_view rest = block.text;
  bool first = true;
  while (!rest.empty()) {
    std::size_t end = 0;
    for (std::size_t count = 0; end < rest.size() && count < limit; ++count) next(rest, end);
    const std::size_t space = end < rest.size() ? rest.rfind(' ', end) : std::string_view::npos;
    if (space != std::string_view::npos && space > 0) end = space;
    Block piece = block;
    piece.text = first ? std::string(rest.substr(0, end)) : guarded(rest.substr(0, end));
    piece.tight = first && block.tight;
    piece.section = first && block.section;
    into.push_back(std::move(piece));
    rest.remove_prefix(end);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    first = false;
  }
}

Blocks divided(const Blocks& blocks, std::size_t limit, std::vector<std::string>& too_long) {
  Blocks result;
  for (const Block& block : blocks) {
    if (cost(block) <= limit) {
      result.push_back(block);
    } else if (block.sort != Block::Sort::other) {
      divide(block, limit - (cost(block) - text::code_points(block.text)), result);
    } else {
      too_long.push_back(block.text);
      result.push_back(block);
    }
  }
  return result;
}

}  // namespace

std::string neutralised(std::string_view untrusted) {
  std::string result;
  result.reserve(untrusted.size());
  std::size_t column = 0;
  for (std::size_t offset = 0; offset < untrusted.size();) {
    const std::size_t begin = offset;
    const std::int32_t point = next(untrusted, offset);
    if (ends_line(point)) {
      if (point == '\r' && offset < untrusted.size() && untrusted[offset] == '\n') ++offset;
      result += '\n';
      column = 0;
    } else if (point == '\t') {
      result.append(4 - column % 4, ' ');
      column += 4 - column % 4;
    } else if (point != invalid && point != 0xFFFD && !is_control(point) && !is_treacherous(point)) {
      result += untrusted.substr(begin, offset - begin);
      ++column;
    }
  }
  return result;
}

std::string one_line(std::string_view untrusted) {
  const std::string text = neutralised(untrusted);
  std::string result;
  bool space = false;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t begin = offset;
    if (is_space(next(text, offset))) {
      space = !result.empty();
      continue;
    }
    if (space) result += ' ';
    space = false;
    result.append(text, begin, offset - begin);
  }
  return result;
}

std::string escaped(std::string_view line) { return Escaper(line).run(); }
std::string plain(std::string_view untrusted) { return escaped(one_line(untrusted)); }

std::size_t revision_length(std::string_view text) {
  if (!text.starts_with('r')) return 0;
  std::size_t end = 1;
  while (end < text.size() && is_digit(text[end])) ++end;
  // An address becomes an element of its own, and leaves the text before it alone.
  const bool word_goes_on =
      end < text.size() && (is_letter(text[end]) || text[end] == '_') && scheme_length(text.substr(end)) == 0;
  return end >= 5 && !word_goes_on ? end : 0;
}

bool begins_entity(std::string_view text) {
  if (!text.starts_with('&')) return false;
  const std::size_t end = std::min(text.find_first_of("; ", 1), text.size());
  return end > 1 && end < text.size() && text[end] == ';' &&
         std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(end),
                     [](char c) { return is_alphanumeric(c) || c == '#'; });
}

Block paragraph(std::string text) { return {std::move(text), Block::Sort::paragraph, 0, false, false, {}, {}}; }

Block heading(int level, std::string_view text) {
  std::string line(static_cast<std::size_t>(level), '#');
  return {line.append(" ").append(text), Block::Sort::other, 0, false, false, {}, {}};
}

std::string link(std::string_view text, std::string_view url) { return fmt::format("[{}]({})", plain(text), url); }

Blocks item(std::string_view bullet, Blocks content, bool tight) {
  const int indent = static_cast<int>(bullet.size()) + 1;
  const bool inline_first = !content.empty() && content.front().sort == Block::Sort::paragraph;
  Block first{std::string(bullet), Block::Sort::other, 0, tight, false, {}, {}};
  if (inline_first) {
    first.sort = Block::Sort::item;
    append_lines(first.text += ' ', content.front().text, indent);
    first.text.erase(bullet.size() + 1, static_cast<std::size_t>(content.front().text.empty() ? 0 : indent));
  }
  // A bullet alone is the underline of a heading where text stands right above it, and empty where nothing follows at once.
  if (!inline_first) first.tight = false;
  if (!inline_first && !content.empty()) content.front().tight = true;
  Blocks result{std::move(first)};
  for (std::size_t i = inline_first ? 1 : 0; i < content.size(); ++i) {
    content[i].indent += indent;
    result.push_back(std::move(content[i]));
  }
  return result;
}

Blocks field(std::string_view label, Blocks content, int indent, bool tight) {
  const std::string bold = fmt::format("**{}:**", label);
  const bool inline_first = !content.empty() && content.front().sort == Block::Sort::paragraph;
  if (inline_first) content.front().text.insert(0, bold + " ");
  else content.insert(content.begin(), paragraph(bold));
  Blocks result = item("-", std::move(content), tight);
  for (Block& block : result) block.indent += indent;
  return result;
}

Blocks table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
  const auto line = [](const std::vector<std::string>& cells) {
    std::string result = "|";
    for (const std::string& cell : cells) result.append(" ").append(cell).append(cell.empty() ? "|" : " |");
    return result;
  };
  const std::string open = line(head) + "\n" + line(std::vector<std::string>(head.size(), "---"));
  Blocks result;
  for (const auto& row : rows) result.push_back({line(row), Block::Sort::other, 0, !result.empty(), false, open, {}});
  return result;
}

std::string comment(const Blocks& blocks) {
  Writer writer;
  for (const Block& block : blocks) writer.add(block);
  return writer.finish();
}

std::vector<std::string> comments(const Blocks& all, std::size_t limit, std::vector<std::string>& too_long) {
  const Blocks blocks = divided(all, limit, too_long);
  std::vector<std::size_t> begins{0};
  std::size_t used = 0;
  for (std::size_t begin = 0; begin < blocks.size();) {
    std::size_t end = begin + 1;
    while (end < blocks.size() && !blocks[end].section) ++end;
    std::size_t section = 0;
    for (std::size_t i = begin; i < end; ++i) section += cost(blocks[i]);
    const auto divide_before = [&](std::size_t block) {
      if (block > begins.back()) begins.push_back(block), used = 0;
    };
    if (used + section > limit) divide_before(begin);
    for (std::size_t i = begin; i < end; ++i) {
      if (used + cost(blocks[i]) > limit) divide_before(i);
      used += cost(blocks[i]);
    }
    begin = end;
  }
  std::vector<std::string> result;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const auto from = blocks.begin() + static_cast<std::ptrdiff_t>(begins[i]);
    const auto to = i + 1 < begins.size() ? blocks.begin() + static_cast<std::ptrdiff_t>(begins[i + 1]) : blocks.end();
    Blocks part(from, to);
    if (begins.size() > 1) {
      part.front().tight = false;
      Block number = paragraph(fmt::format("Part {} of {}", i + 1, begins.size()));
      number.indent = part.front().indent;
      part.insert(part.begin(), std::move(number));
    }
    result.push_back(comment(part));
  }
  return result;
}

}  // namespace cita::markdown
