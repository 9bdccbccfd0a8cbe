// Plain text is shown as it is, wherever it stands.
#include "bugzilla.hpp"
#include "hostile.hpp"

#include <cita/base/text.hpp>
#include <cita/output/markdown.hpp>

#include <doctest/doctest.h>

using namespace cita::markdown;

namespace {

constexpr int rounds = 20'000;

std::string paragraph_shown(std::string_view text) {
  const auto shown = bugzilla::show(plain(text));
  return shown.content().substr(0, shown.content().find_last_not_of('\n') + 1);
}

}  // namespace

TEST_CASE("neutralised text has nothing that acts") {
  CHECK(neutralised("a\x07"
                    "b\x1B[31mc\xE2\x80\xAE"
                    "d\xEF\xBF\xBD"
                    "e\xFF\xC0\xAF") == "ab[31mcde");
  CHECK(neutralised("a\r\nb\rc\xC2\x85"
                    "d\xE2\x80\xA8"
                    "e") == "a\nb\nc\nd\ne");
  CHECK(neutralised("a\tb\n\tc") == "a   b\n    c");
  CHECK(one_line("  a \n\n b\xC2\xA0\xE3\x80\x80"
                 "c  ") == "a b c");
  CHECK(one_line("\n \t") == "");
}

TEST_CASE("what is escaped, and what can be read as it was written") {
  CHECK(plain("snake_case, 0A_1B and 5 < 6") == "snake_case, 0A_1B and 5 < 6");
  CHECK(plain("a_ *b* ~5 [x] `y` | \\") == "a\\_ \\*b\\* \\~5 \\[x\\] \\`y\\` \\| \\\\");
  CHECK(plain("# no heading") == "\\# no heading");
  CHECK(plain("2024. was") == "2024\\. was");
  CHECK(plain("[ca-compliance]: x") == "\\[ca-compliance\\]: x");
  CHECK(plain("AT&T &lt; &c") == "AT&T &amp;lt; &c");
  CHECK(plain("see https://crt.sh/?id=1&opt=x.") == "see https://crt.sh/?id=1&opt=x.");
  CHECK(plain("r2024 and ar2024 and r202") == "`r2024` and ar2024 and r202");
  SUBCASE("an address ends where it ends") {
    CHECK(plain("https://a.example<br>") == "<https://a.example><br>");
    CHECK(plain("<https://a.example>") == "&lt;<https://a.example>>");
    CHECK(plain("(https://a.example/x_y_)") == "(<https://a.example/x_y>\\_)");
    CHECK(plain("https://a.example/a|b") == "https\\://a.example/a\\|b");
  }
}

TEST_CASE("a '<' is never escaped with a backslash") {
  hostile::Source source(1);
  for (int i = 0; i < rounds; ++i) {
    const std::string text = plain(source.text(12));
    for (std::size_t at = text.find("\\<"); at != std::string::npos; at = text.find("\\<", at + 1)) {
      std::size_t backslashes = 1;
      while (at >= backslashes && text[at - backslashes] == '\\') ++backslashes;
      CAPTURE(text);
      CHECK(backslashes % 2 == 0);
    }
  }
}

TEST_CASE("a paragraph shows the text, and nothing but text, code and links") {
  hostile::Source source(2);
  for (int i = 0; i < rounds; ++i) {
    const std::string text = source.text(12);
    const std::string wanted = one_line(text);
    if (wanted.empty()) continue;
    CAPTURE(text);
    CAPTURE(plain(text));
    REQUIRE(paragraph_shown(text) == wanted);
    const auto shown = bugzilla::show(plain(text));
    REQUIRE(shown.all({"h1", "h2", "ul", "ol", "table", "pre", "blockquote", "hr", "em", "strong", "del", "br"}).empty());
    for (const bugzilla::Html* code : shown.all({"code"})) REQUIRE(revision_length(code->content()) == code->content().size());
    // Bugzilla makes links of revisions where the text after white space stands alone; there is none left.
    for (const bugzilla::Html* part : shown.all({"p"}))
      for (const bugzilla::Html& each : part->children)
        for (std::size_t at = each.text.find('r'); at != std::string::npos; at = each.text.find('r', at + 1))
          REQUIRE((revision_length(std::string_view(each.text).substr(at)) == 0 || (at > 0 && each.text[at - 1] != ' ') ||
                   (at == 0 && &each != &part->children.front())));
    for (const bugzilla::Html* link : shown.all({"a"})) REQUIRE(link->attributes.at("href").find("javascript:") != 0);
  }
}

TEST_CASE("cells, items, labels and bold show the text") {
  hostile::Source source(3);
  for (int i = 0; i < rounds; ++i) {
    const std::string one = source.text(8), two = source.text(8), three = source.text(8);
    CAPTURE(one);
    CAPTURE(two);
    Blocks blocks = table({"A", "B"}, {{plain(one), plain(two)}, {plain(three), "end"}});
    for (auto& each : field("Label", {paragraph(plain(one))}, 0, false)) blocks.push_back(each);
    for (auto& each : field("Child", {paragraph(plain(two))}, 3, true)) blocks.push_back(each);
    for (auto& each : item("-", {paragraph(plain(three))}, true)) blocks.push_back(each);
    blocks.push_back(paragraph("**" + plain("x " + one) + "**"));
    blocks.push_back(heading(3, "End"));
    const auto shown = bugzilla::show(comment(blocks));
    CAPTURE(comment(blocks));
    const auto cells = shown.all({"td"});
    REQUIRE(cells.size() == 4);
    REQUIRE(cells[0]->content() == one_line(one));
    REQUIRE(cells[1]->content() == one_line(two));
    REQUIRE(cells[2]->content() == one_line(three));
    REQUIRE(cells[3]->content() == "end");
    const auto strong = shown.all({"strong"});
    REQUIRE(strong.size() == 3);
    REQUIRE(strong[2]->content() == one_line("x " + one));
    const auto items = shown.all({"li"});
    REQUIRE(items.size() == 3);
    REQUIRE(items[0]->content().starts_with("Label:" + (one_line(one).empty() ? "" : " " + one_line(one))));
    REQUIRE(items[1]->content() == "Child:" + (one_line(two).empty() ? "" : " " + one_line(two)));
    REQUIRE(items[2]->content() == one_line(three));
    REQUIRE(shown.children.size() >= 3);
    REQUIRE(shown.all({"h3"}).size() == 1);
  }
}

TEST_CASE("a link shows its text") {
  hostile::Source source(4);
  for (int i = 0; i < rounds; ++i) {
    // A link in a link is none; addresses in a link's text are not what we write.
    const std::string text = source.text(5);
    if (one_line(text).empty() || text.find("ttp") != std::string::npos || text.find("www") != std::string::npos ||
        text.find("TTP") != std::string::npos || text.find('@') != std::string::npos)
      continue;
    CAPTURE(text);
    const auto shown = bugzilla::show("x " + link(text, "https://a.example/1"));
    REQUIRE(shown.all({"a"}).size() == 1);
    CHECK(shown.all({"a"})[0]->content() == one_line(text));
  }
}

TEST_CASE("comments are divided at sections, else between pieces") {
  std::vector<std::string> too_long;
  const auto section = [](std::string_view name) {
    Block block = heading(3, name);
    block.section = true;
    return block;
  };
  SUBCASE("one that fits is whole") {
    CHECK(comments({section("A"), paragraph("x")}, 100, too_long) == std::vector<std::string>{"### A\n\nx"});
  }
  SUBCASE("at sections") {
    const auto parts =
        comments({heading(2, "R"), section("A"), paragraph(std::string(60, 'x')), section("B"), paragraph(std::string(60, 'y'))},
                 120, too_long);
    REQUIRE(parts.size() == 2);
    CHECK(parts[0] == "Part 1 of 2\n\n## R\n\n### A\n\n" + std::string(60, 'x'));
    CHECK(parts[1] == "Part 2 of 2\n\n### B\n\n" + std::string(60, 'y'));
  }
  SUBCASE("between rows, with the head repeated") {
    Blocks blocks{section("T")};
    const std::vector<std::vector<std::string>> rows(30, {"cell", "cell"});
    for (auto& each : table({"A", "B"}, rows)) blocks.push_back(each);
    blocks.push_back(section("Z"));
    const auto parts = comments(blocks, 250, too_long);
    REQUIRE(parts.size() > 2);
    std::size_t found = 0;
    for (const std::string& part : parts) {
      CHECK(cita::text::code_points(part) <= 250);
      const auto shown = bugzilla::show(part);
      CHECK(shown.all({"table"}).size() == 1);
      CHECK(shown.all({"th"}).size() == 2);
      found += shown.all({"td"}).size();
    }
    CHECK(found == 60);
    CHECK(parts.back().ends_with("### Z"));
  }
  SUBCASE("between paragraphs of a list's item, which then begin at the margin") {
    Blocks content;
    for (int i = 0; i < 10; ++i) content.push_back(paragraph(std::string(80, 'p')));
    const auto parts = comments(field("L", content, 3, false), 250, too_long);
    REQUIRE(parts.size() > 2);
    for (const std::string& part : parts) {
      CHECK(bugzilla::show(part).all({"pre"}).empty());
      CHECK(bugzilla::show(part).all({"p"}).size() >= 2);
    }
  }
  SUBCASE("a paragraph between words, none of which begins anything") {
    std::string words;
    for (int i = 0; i < 100; ++i) words += "# - 1. word ";
    for (const std::string& part : comments({paragraph(words)}, 100, too_long)) {
      CHECK(cita::text::code_points(part) <= 100 + 16);
      CHECK(bugzilla::show(part).all({"h1", "ul", "ol"}).size() <= 1);
    }
  }
  SUBCASE("what cannot be divided is told") {
    comments({Block{std::string(300, 'x'), Block::Sort::other, 0, false, false, {}, {}}}, 100, too_long);
    CHECK(too_long.size() == 1);
  }
}
