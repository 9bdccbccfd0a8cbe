// Text that tries everything, the same in every run.
#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace hostile {

constexpr std::array fragments = {
    "a", "word", "Zürich", "日本", "1", "2024", "0A_1B", "_", "__", "*", "**", "~", "~~", "`", "``", "```", "|", "\\|", "\\", "\\\\", "<", "\\<", ">",
    "<b>", "</td>", "<script>alert(1)</script>", "<!-- x -->", "<http://a b>", "<https://x.example>", "&", "&lt;", "&amp;", "&#35;", "&copy;", "&unknown;",
    "#", "##", "# ", "- ", "+ ", "* ", "-", "=", "---", "===", "1. ", "2) ", "12. ", "[", "]", "[x]", "[a]: b", "[a]: https://a.example", "![x](y)",
    "![x](https://x.example/i.png)", "[t](javascript:alert(1))", "[t](https://x.example)", "(", ")", "!", "?", ".", ",", ":", ";", "'", "\"", " ", "  ", "    ",
    "\t", "\n", "\n\n", "\r\n", "\n    ", "\n> ", "\n- ", "\n# ", "\n===\n", "\n---\n", "\n```\n", "\n| a | b |\n|---|---|\n| 1 | 2 |\n", "  \n", "\\\n",
    "r2024", "r12345", " r2024 ", "bug 1", "CVE-2024-12345", "owner/repo#12", "user@ca.example", "a_b@c_d.example", "mailto:x@y.example", "xmpp:x@y.example",
    "http://a.example", "https://a.example/x_y_z_", "https://a.example/**b**", "https://a.example/b_(c)", "https://a.example/?a=1&lt;2", "HTTPS://A.EXAMPLE/_x_",
    "http://a_b", "https://", "https://a.example/|x", "https://a.example/`x`", "www.a.example", "www.a_b.example/_c_", "ftp://a.example/~x~", "ftp://a",
    "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x80\x8F", "\xEF\xBF\xBD", "\xEF\xBB\xBF", "\xFF", "\xC0\xAF", "\xE2\x82", "\x07", "\x1B[31m", "\xC2\x85", "\xE2\x80\xA8",
    "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x8B", "😀", "é", "~~~", "~~~ x", "$x$", ":smile:", "@a", "#1", "- [ ] x", "[^1]", "[^1]: note", "***", "___", "_a_", "*a*"};

class Source {
 public:
  explicit Source(unsigned seed) : random_(seed) {}

  std::string text(std::size_t most) {
    std::string result;
    for (std::size_t i = std::uniform_int_distribution<std::size_t>(0, most)(random_); i > 0; --i)
      result += fragments[std::uniform_int_distribution<std::size_t>(0, fragments.size() - 1)(random_)];
    return result;
  }

 private:
  std::mt19937 random_;
};

}  // namespace hostile
