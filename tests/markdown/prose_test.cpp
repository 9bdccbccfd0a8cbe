// Prose keeps what its author meant, and stays in its place.
#include "bugzilla.hpp"
#include "hostile.hpp"

#include <cita/output/prose.hpp>

#include <doctest/doctest.h>

using namespace cita::markdown;

namespace {

std::string written(std::string_view text, int level = 3) { return comment(prose(neutralised(text), level)); }

}  // namespace

TEST_CASE("what is meant is kept") {
  CHECK(written("One\nparagraph\nof lines.\n\nAnother.") == "One paragraph of lines.\n\nAnother.");
  CHECK(written("A line  \nand a break\\\nand another") == "A line  \nand a break\\\nand another");
  CHECK(written("Causes:\n- one\n  more\n- two\n   - nested\n\nAfter") == "Causes:\n- one more\n- two\n  - nested\n\nAfter");
  CHECK(written("1. a\n   - b\n2. c") == "1. a\n   - b\n2. c");
  CHECK(written("> said\n> so\n\nyes") == "> said so\n\nyes");
  CHECK(written("| A | B |\n|---|---|\n| 1 | 2 |\ntext") == "| A | B |\n|---|---|\n| 1 | 2 |\n\ntext");
  CHECK(written("**bold**, *italic*, [link](https://a.example/x_y) and `code <b>`") ==
        "**bold**, *italic*, [link](https://a.example/x_y) and `code <b>`");
  CHECK(written("[1]: https://a.example\n[2]: https://b.example") == "[1]: https://a.example\n\n[2]: https://b.example");
  CHECK(written("a\n\n---\n\nb") == "a\n\n---\n\nb");
}

TEST_CASE("what would do harm is not") {
  CHECK(written("# Title\n### Deeper\n##### Deepest") == "#### Title\n\n#### Deeper\n\n##### Deepest");
  CHECK(written("Title\n=====\nText\n---") == "#### Title\n\n#### Text");
  CHECK(written("```sh\n# code\nnever closed") == "```sh\n# code\nnever closed\n```");
  CHECK(written("~~~\na\n```\nb") == "````\na\n```\nb\n````");
  CHECK(written("text\n\n    # indented") == "text\n\n```\n# indented\n```");
  CHECK(written("- item\n  ```\n  open") == "- item\n\n  ```\n  open\n  ```");
  CHECK(written("![alt](https://a.example/i.png)") == "\\![alt](https://a.example/i.png)");
  CHECK(written("a \\< b, ~5 and ~6, ~~gone~~") == "a < b, \\~5 and \\~6, ~~gone~~");
  CHECK(written("[ca-compliance]: hidden") == "\\[ca-compliance]: hidden");
  CHECK(written("https://a.example<br>") == "https://a.example <br>");
  CHECK(written("since r2024") == "since `r2024`");
  CHECK(written("a  \n    # b") == "a # b");
}

TEST_CASE("prose ends where it ends, and makes no heading of the report's own level") {
  hostile::Source source(5);
  for (int i = 0; i < 40'000; ++i) {
    const std::string text = source.text(25);
    Blocks blocks{heading(2, "Report"), heading(3, "Before")};
    for (auto& each : prose(neutralised(text), 3)) blocks.push_back(each);
    blocks.push_back(heading(3, "Between"));
    for (auto& each : field("Label", prose(neutralised(text), 3), 3, false)) blocks.push_back(each);
    for (auto& each : field("Next", {paragraph("value")}, 0, true)) blocks.push_back(each);
    blocks.push_back(heading(3, "After"));
    blocks.push_back(paragraph("end"));
    const std::string markdown = comment(blocks);
    CAPTURE(text);
    CAPTURE(markdown);
    const auto shown = bugzilla::show(markdown);
    const auto headings = shown.all({"h1", "h2", "h3"});
    REQUIRE(headings.size() == 4);
    CHECK(headings[2]->content() == "Between");
    CHECK(headings[3]->content() == "After");
    std::vector<const bugzilla::Html*> top;
    for (const auto& each : shown.children)
      if (!each.tag.empty()) top.push_back(&each);
    REQUIRE(top.size() >= 4);
    REQUIRE(top.back()->tag == "p");
    REQUIRE(top.back()->content() == "end");
    REQUIRE(top[top.size() - 2]->content() == "After");
    REQUIRE(top[top.size() - 3]->tag == "ul");
    REQUIRE(top[top.size() - 3]->all({"li"}).back()->content().find("Next: value") != std::string::npos);
    REQUIRE(bugzilla::render(markdown).find("<img") == std::string::npos);
  }
}

TEST_CASE("rewriting prose again changes nothing") {
  hostile::Source source(6);
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = source.text(15);
    const std::string once = written(text);
    CAPTURE(text);
    CHECK(bugzilla::outline(bugzilla::show(written(once))) == bugzilla::outline(bugzilla::show(once)));
  }
}

TEST_CASE("long and deep prose takes no time and no stack") {
  std::string deep, lazy = "- a\n", ticks;
  for (int i = 0; i < 20'000; ++i)
    deep += "> ", lazy += "line\n", ticks += std::string(static_cast<std::size_t>(i % 200 + 1), '`') + " ";
  CHECK(!written(deep).empty());
  CHECK(!written(lazy).empty());
  CHECK(!written(ticks).empty());
  CHECK(!written(std::string(100'000, '[')).empty());
  CHECK(!written(std::string(100'000, '\t')).size());
}
