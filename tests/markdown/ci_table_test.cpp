// What `--format markdown` shows of a hostile text: exactly that text, in its cell. Read as GitHub reads it.
#include "hostile.hpp"

#include <cita/base/text.hpp>
#include <cita/output/renderer.hpp>
#include <cita/output/result.hpp>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <doctest/doctest.h>

#include <memory>
#include <set>

using namespace cita;

namespace {

constexpr int rounds = 5'000;

std::string table_of(const std::string& untrusted) {
  const RuleSet rules({{"report.rule", "A rule", "It says something.", "report", {}, {}, ResultLevel::must}});
  Result result;
  result.rule = rules.find("report.rule");
  result.kind = ResultKind::fail;
  result.message = untrusted;
  result.citation = untrusted;
  result.suppressed = true;
  result.suppressed_because = untrusted;
  const std::vector<Result> results{result};
  RunInfo run;
  run.as_of_origin = "--as-of";
  run.rules = &rules;
  FileReport report;
  report.file = untrusted;
  report.results = &results;
  const auto renderer = make_renderer("markdown", {});
  std::string text = renderer->begin(run);
  text += renderer->in_turn(renderer->file(run, report));
  return text + renderer->end(run, {});
}

struct Read {
  std::set<std::string> kinds;
  std::vector<std::vector<std::string>> rows;  // the cells' texts, a line break as '\n'
  std::string raw;                             // what else of HTML there is
};

void read(cmark_node* node, Read& into, bool in_cell = false) {
  const std::string kind = cmark_node_get_type_string(node);
  into.kinds.insert(kind);
  if (kind == "table_row" || kind == "table_header") into.rows.emplace_back();
  if (kind == "table_cell") into.rows.back().emplace_back();
  const char* literal = cmark_node_get_literal(node);
  in_cell = in_cell || kind == "table_cell";
  const std::string html = kind == "html_inline" ? literal : "";
  if (html != "<span>" && html != "</span>" && html != "<br>") into.raw += html;
  if (in_cell && html == "<br>") into.rows.back().back() += '\n';
  if (in_cell && kind == "text") into.rows.back().back() += literal;
  for (cmark_node* child = cmark_node_first_child(node); child != nullptr; child = cmark_node_next(child))
    read(child, into, in_cell);
}

Read read(const std::string& markdown) {
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, void (*)(cmark_parser*)> parser(
      cmark_parser_new(CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_FOOTNOTES), cmark_parser_free);
  for (const char* name : {"autolink", "tagfilter", "table", "strikethrough", "tasklist"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
  const std::unique_ptr<cmark_node, void (*)(cmark_node*)> root(cmark_parser_finish(parser.get()), cmark_node_free);
  Read result;
  read(root.get(), result);
  return result;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

}  // namespace

TEST_CASE("a hostile text is shown in its cell as it is, and does nothing") {
  hostile::Source source(11);
  const std::set<std::string> harmless = {"document",     "heading",   "paragraph",  "text",       "table",
                                          "table_header", "table_row", "table_cell", "html_inline"};
  for (int i = 0; i < rounds; ++i) {
    const std::string text = source.text(12);
    const std::string markdown = table_of(text);
    CAPTURE(markdown);
    const Read shown = read(markdown);
    for (const std::string& kind : shown.kinds) {
      CAPTURE(kind);
      REQUIRE(harmless.count(kind) == 1);
    }
    REQUIRE(shown.raw.empty());
    REQUIRE(shown.rows.size() == 2);
    REQUIRE(shown.rows[1].size() == 4);
    const std::string harmless_text = text::shown(text);
    CHECK(trimmed(shown.rows[1][1]) == trimmed(harmless_text + "\nsuppressed: " + harmless_text));
    CHECK(trimmed(shown.rows[1][3]) == trimmed(harmless_text));
  }
}
