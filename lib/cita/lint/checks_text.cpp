// What Bugzilla makes of the text, what of it nobody sees, whom it names, and how it speaks.
#include <cita/base/text.hpp>
#include <cita/lint/report_lint.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cita::lint {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

Span span_at(const Checker& checker, std::size_t begin, std::size_t end) {
  return {checker.report.text.source.get(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// Longer lines are no prose, and looking at them would take long.
constexpr std::size_t longest_line = 20'000;

// The lines of the report with where they begin, but for those of code.
void mark_code(const std::vector<MarkdownBlock>& blocks, const Source& source, std::vector<bool>& is_code) {
  for (const MarkdownBlock& block : blocks) {
    const int last = block.kind == MarkdownKind::code ? source.position(block.span.end).line : 0;
    for (int line = block.line; line <= last && static_cast<std::size_t>(line) < is_code.size(); ++line)
      is_code[static_cast<std::size_t>(line)] = true;
    mark_code(block.blocks, source, is_code);
  }
}

// Inside of `code` nothing is Markdown.
bool is_in_code(std::string_view line, std::size_t at) {
  return std::count(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(at), '`') % 2 != 0;
}

// "br>", "/b>", "!-- …": what GitHub would take for HTML. "<serial>" is shown as it is meant.
bool begins_html(std::string_view rest) {
  if (rest.starts_with("!--")) return true;
  if (rest.starts_with('/')) rest.remove_prefix(1);
  std::string name;
  for (std::size_t i = 0; i < rest.size() && (is_letter(rest[i]) || is_digit(rest[i])); ++i)
    name += static_cast<char>(rest[i] | 0x20);
  constexpr std::array<std::string_view, 34> elements{
      "a",   "b",  "blockquote", "br",     "center", "code",    "del", "details", "div", "em",   "font", "h1",
      "h2",  "h3", "h4",         "hr",     "i",      "img",     "ins", "kbd",     "li",  "mark", "ol",   "p",
      "pre", "s",  "span",       "strong", "sub",    "summary", "sup", "table",   "u",   "ul"};
  return std::find(elements.begin(), elements.end(), name) != elements.end();
}

void look_for_html(Checker& checker, std::string_view line, std::size_t begin) {
  for (std::size_t at = line.find('<'); at != std::string_view::npos; at = line.find('<', at + 1)) {
    const std::string_view rest = line.substr(at + 1);
    if (rest.starts_with("http://") || rest.starts_with("https://") || is_in_code(line, at)) continue;
    const std::size_t close = rest.find('>');
    if (at > 0 && line[at - 1] == '\\') {
      LintFinding& finding = checker.find(span_at(checker, begin + at - 1, begin + at + 1),
                                          "Bugzilla shows the backslash before '<'", std::string(line.substr(0, 40)));
      finding.help = "write '<' alone";
      finding.fix = LintFix{finding.span, "<"};
    } else if (close != std::string_view::npos && begins_html(rest) &&
               (is_letter(rest.front()) || rest.front() == '/' || rest.front() == '!') && close < 80) {
      const std::string_view tag = line.substr(at, close + 2);
      checker
          .find(span_at(checker, begin + at, begin + at + tag.size()),
                fmt::format("Bugzilla shows '{}' as text", text::shown(tag)), std::string(tag))
          .help = "write it in Markdown; there is no HTML";
    }
  }
}

void look_for_image(Checker& checker, std::string_view line, std::size_t begin) {
  for (std::size_t at = line.find("!["); at != std::string_view::npos; at = line.find("![", at + 1)) {
    const std::size_t close = line.find(')', at);
    if (is_in_code(line, at) || line.find("](", at) == std::string_view::npos || close == std::string_view::npos) continue;
    checker
        .find(span_at(checker, begin + at, begin + close + 1), "Bugzilla leaves the image out, with its text",
              std::string(line.substr(at, 40)))
        .help = "attach the picture, and describe in words what it shows";
  }
}

// "[ca-compliance]: text" is taken as the address of a link and disappears, where a paragraph could begin.
void look_for_definition(Checker& checker, std::string_view line, std::size_t begin) {
  const std::size_t first = line.find_first_not_of(" >-*+");
  if (first == std::string_view::npos || line[first] != '[') return;
  const std::size_t close = line.find("]:", first);
  if (close == std::string_view::npos || line.substr(first, close - first).find(']') != std::string_view::npos) return;
  const std::string_view all = checker.report.text.source->text();
  const bool is_below_text = first < 4 && begin > 1 && all[begin - 2] != '\n' && line.find_first_of(">-*+") > first;
  std::string_view target = line.substr(close + 2);
  while (target.starts_with(' ')) target.remove_prefix(1);
  const bool is_one_word = !target.empty() && target.find(' ') == std::string_view::npos;
  if (is_below_text || !is_one_word || target.starts_with("http") || target.starts_with("<http")) return;
  LintFinding& finding =
      checker.find(span_at(checker, begin + first, begin + line.size()),
                   "Bugzilla takes this line for the address of a link and does not show it", std::string(line.substr(0, 40)));
  finding.help = "write a backslash before '['";
  finding.fix = LintFix{span_at(checker, begin + first, begin + first), "\\"};
}

void look_for_revision(Checker& checker, std::string_view line, std::size_t begin) {
  for (std::size_t at = line.find('r'); at != std::string_view::npos; at = line.find('r', at + 1)) {
    const bool starts = at > 0 && line[at - 1] == ' ';
    std::size_t end = at + 1;
    while (end < line.size() && is_digit(line[end])) ++end;
    constexpr std::size_t fewest = 5;
    if (!starts || end - at < fewest || is_in_code(line, at) || (end < line.size() && is_letter(line[end]))) continue;
    checker
        .find(span_at(checker, begin + at, begin + end),
              fmt::format("Bugzilla links '{}' to a Subversion revision", line.substr(at, end - at)),
              std::string(line.substr(at, end - at)))
        .help = "write it in `code`";
  }
}

void look_for_strike(Checker& checker, const std::vector<MarkdownBlock>& blocks) {
  for (const MarkdownBlock& block : blocks) {
    for (const std::string& struck : block.struck) {
      const std::string_view raw = block.span.text();
      const std::string first_line = struck.substr(0, struck.find('\n'));
      const std::size_t at = std::min(raw.find("~~" + first_line), raw.find("~" + first_line));
      const auto begin = static_cast<std::uint32_t>(block.span.begin + (at == std::string_view::npos ? 0 : at));
      const Span place = at == std::string_view::npos
                             ? block.span
                             : Span{block.span.source, begin, begin + static_cast<std::uint32_t>(struck.size() + 2)};
      checker.find(place, "Bugzilla strikes through what stands between two '~'", struck.substr(0, 40)).help =
          "write 'about', or a backslash before each '~'";
    }
    look_for_strike(checker, block.blocks);
  }
}

// A text line right below a table is one more row of it.
void look_below_tables(Checker& checker) {
  for (const MarkdownBlock& block : checker.report.text.blocks) {
    if (block.kind != MarkdownKind::table || block.blocks.size() < 2) continue;
    for (const MarkdownBlock& row : block.blocks) {
      const std::string_view raw = checker.report.text.source->line(row.line);
      if (row.header || raw.find('|') != std::string_view::npos) continue;
      checker.find(row.span, "Bugzilla shows this line as one more row of the table", std::string(raw.substr(0, 40))).help =
          "put an empty line above it";
    }
  }
}

void each_phrase(Checker& checker, std::initializer_list<std::string_view> phrases, std::string_view message,
                 std::string_view help) {
  if (checker.request.reviewer) return;
  each_line(checker, [&](std::string_view line, std::size_t begin) {
    std::string lower(line);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const std::string_view phrase : phrases) {
      const std::size_t at = lower.find(phrase);
      if (at == std::string::npos) continue;
      LintFinding& finding = checker.find(span_at(checker, begin + at, begin + at + phrase.size()),
                                          fmt::format("'{}': {}", phrase, message), std::string(phrase));
      finding.help = help;
      finding.unsure = true;
    }
  });
}

}  // namespace

void each_line(const Checker& checker, const std::function<void(std::string_view line, std::size_t begin)>& visit) {
  const std::string& all = checker.report.text.source->text();
  std::vector<bool> is_code(static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n')) + 2);
  mark_code(checker.report.text.blocks, *checker.report.text.source, is_code);
  std::size_t number = 1;
  for (std::size_t begin = 0; begin < all.size(); ++number) {
    const std::size_t end = std::min(all.find('\n', begin), all.size());
    std::string_view line = std::string_view(all).substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!is_code[number] && line.size() < longest_line) visit(line, begin);
    begin = end + 1;
  }
}

void check_bugzilla(Checker& checker) {
  each_line(checker, [&](std::string_view line, std::size_t begin) {
    look_for_html(checker, line, begin);
    look_for_image(checker, line, begin);
    look_for_definition(checker, line, begin);
    look_for_revision(checker, line, begin);
  });
  look_for_strike(checker, checker.report.text.blocks);
  look_below_tables(checker);
}

void check_length(Checker& checker) {
  constexpr std::ptrdiff_t most = 65'535;
  // As Bugzilla counts: without white space at the end, a line end being one character.
  std::string_view all = checker.report.text.source->text();
  while (!all.empty() && std::string_view(" \t\r\n").find(all.back()) != std::string_view::npos) all.remove_suffix(1);
  const auto characters = static_cast<std::ptrdiff_t>(text::code_points(all)) - std::count(all.begin(), all.end(), '\r');
  if (characters > most)
    checker.find({}, fmt::format("the report has {} characters, and a comment takes {}", characters, most)).help =
        "divide it at a section, 'Part 1 of 2'";
}

void check_hidden(Checker& checker) {
  const std::string& all = checker.report.text.source->text();
  for (const text::Hidden& each : text::hidden_characters(all)) {
    if (each.begin == 0 && each.name == "U+FEFF") continue;  // a mark of the encoding at the beginning of a file
    LintFinding& finding =
        checker.find(span_at(checker, each.begin, each.end), "here stands " + each.name + ", which nobody sees", each.name);
    finding.help = "remove it";
    finding.fix = LintFix{finding.span, ""};
  }
}

void check_look_alike(Checker& checker) {
  each_line(checker, [&](std::string_view line, std::size_t begin) {
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t end = std::min(line.find_first_of(" \t|()<>[]{},;\"'`*", at), line.size());
      std::string_view word = line.substr(at, end - at);
      while (word.ends_with('.') || word.ends_with(':')) word.remove_suffix(1);
      const bool is_name = word.find('.') != std::string_view::npos && word.size() < 254;
      const std::string like = is_name ? text::ascii_look_alike(word) : std::string();
      if (!like.empty())
        checker
            .find(span_at(checker, begin + at, begin + at + word.size()),
                  fmt::format("'{}' has letters that look like others: it can be taken for another name", text::shown(word)),
                  std::string(word))
            .help = "write the name in its ASCII form (xn--…) beside it";
      at = end + 1;
    }
  });
}

void check_reporter(Checker& checker) {
  const bool smime = text::simplified(checker.report.text.source->text()).find("s/mime") != std::string::npos;
  each_line(checker, [&](std::string_view line, std::size_t begin) {
    for (std::size_t at = line.find('@'); at != std::string_view::npos; at = line.find('@', at + 1)) {
      const auto is_part = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-' || c == '+'; };
      std::size_t first = at, last = at + 1;
      while (first > 0 && is_part(line[first - 1])) --first;
      while (last < line.size() && is_part(line[last])) ++last;
      while (last > at + 1 && line[last - 1] == '.') --last;
      const std::string_view address = line.substr(first, last - first);
      const bool is_of_machine =
          (first >= 2 && line.substr(first - 2, 2) == "//") || (last < line.size() && (line[last] == ':' || line[last] == '/'));
      if (first == at || is_of_machine || address.find('.', at - first) == std::string_view::npos) continue;
      LintFinding& finding = checker.find(span_at(checker, begin + first, begin + last),
                                          fmt::format("'{}' is somebody's address", text::shown(address)), std::string(address));
      finding.help = smime ? "an S/MIME certificate can be told by its serial number and SHA-256 hash"
                           : "leave it out, unless its owner agreed and it is needed";
      finding.unsure = true;
    }
  });
}

void check_blame(Checker& checker) {
  each_phrase(checker,
              {"human error", "careless", "negligen", "fault of the vendor", "fault of our vendor", "vendor's fault",
               "employee failed", "employee forgot", "engineer forgot", "was not our fault", "should have known better"},
              "this may read as blame", "tell which process or system let it happen");
}

void check_claim(Checker& checker) {
  each_phrase(checker,
              {"no security impact", "no impact on security", "no security risk", "no risk to", "does not pose a security",
               "no harm was", "purely technical", "minor deviation", "merely a formal"},
              "a reader will ask how this is known", "show the evidence, or leave the claim out");
}

}  // namespace cita::lint
