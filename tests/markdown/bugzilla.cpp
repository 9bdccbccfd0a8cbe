#include "bugzilla.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace bugzilla {

namespace {

constexpr std::string_view stand_in = "\xEF\xBF\xBD";  // U+FFFD

std::string without(std::string_view text, std::string_view what) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t found = std::min(text.find(what, at), text.size());
    result += text.substr(at, found - at);
    at = found + (found < text.size() ? what.size() : 0);
  }
  return result;
}

// Every '<' that does not begin an address is put out of the parser's sight.
std::string before_parsing(std::string_view markdown) {
  const std::string text = without(markdown, stand_in);
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i + 1);
    const bool hidden = text[i] == '<' && !rest.starts_with("http://") && !rest.starts_with("https://");
    if (hidden) result += stand_in;
    else result += text[i];
  }
  return result;
}

// The '<' comes back as text; images and what would turn the direction of text go.
std::string after_rendering(std::string_view html) {
  std::string result;
  for (std::size_t i = 0; i < html.size(); ++i) {
    const std::string_view rest = html.substr(i);
    if (rest.starts_with(stand_in)) result += "&lt;", i += stand_in.size() - 1;
    else if (rest.starts_with("<img ")) i += rest.find('>');
    else if (static_cast<unsigned char>(html[i]) >= 0x20 || html[i] == '\n' || html[i] == '\t') result += html[i];
  }
  for (const std::string_view turn : {"\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE"})
    result = without(result, turn);
  return result;
}

std::string decoded(std::string_view text) {
  constexpr std::pair<std::string_view, char> entities[] = {
      {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&amp;", '&'}};
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto found = std::find_if(std::begin(entities), std::end(entities),
                                    [&](const auto& e) { return text.substr(i).starts_with(e.first); });
    if (found == std::end(entities)) result += text[i];
    else result += found->second, i += found->first.size() - 1;
  }
  return result;
}

class Parser {
 public:
  explicit Parser(std::string_view html) : html_(html) {}

  void read(Html& parent) {
    while (at_ < html_.size()) {
      if (html_[at_] != '<') {
        const std::size_t end = std::min(html_.find('<', at_), html_.size());
        parent.children.push_back({"", decoded(html_.substr(at_, end - at_)), {}, {}});
        at_ = end;
        continue;
      }
      const std::size_t end = html_.find('>', at_);
      std::string_view inside = html_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
      if (inside.starts_with('/')) return;
      Html element = opened(inside);
      if (element.tag != "br" && element.tag != "hr") read(element);
      parent.children.push_back(std::move(element));
    }
  }

 private:
  static Html opened(std::string_view inside) {
    Html element;
    std::size_t at = std::min(inside.find_first_of(" /"), inside.size());
    element.tag = inside.substr(0, at);
    for (std::size_t equals; (equals = inside.find("=\"", at)) != std::string_view::npos;) {
      const std::size_t name = inside.find_first_not_of(" ", at);
      const std::size_t end = inside.find('"', equals + 2);
      element.attributes[std::string(inside.substr(name, equals - name))] = decoded(inside.substr(equals + 2, end - equals - 2));
      at = end + 1;
    }
    return element;
  }

  std::string_view html_;
  std::size_t at_ = 0;
};

void append_outline(const Html& html, std::string& to) {
  if (html.tag.empty()) {
    for (const char c : html.text) {
      const bool space = c == ' ' || c == '\n';
      if (!space || (!to.empty() && to.back() != ' ')) to += space ? ' ' : c;
    }
  }
  const bool shown = !html.tag.empty() && html.tag != "a" && html.tag != "span";
  const bool phrase = html.tag == "strong" || html.tag == "em" || html.tag == "code" || html.tag == "del";
  const auto trim = [&] {
    while (!phrase && to.ends_with(' ')) to.pop_back();
  };
  if (shown) {
    trim();
    to += '<' + html.tag;
    for (const auto& [name, value] : html.attributes)
      if (name == "class" || name == "start") to += ' ' + name + '=' + value;
    to += '>';
  }
  for (const Html& each : html.children) append_outline(each, to);
  if (shown && html.tag != "br" && html.tag != "hr") {
    trim();
    to += "</" + html.tag + '>';
  }
}

void collect(const Html& html, std::initializer_list<std::string_view> tags, std::vector<const Html*>& into) {
  for (const Html& each : html.children) {
    if (std::find(tags.begin(), tags.end(), each.tag) != tags.end()) into.push_back(&each);
    collect(each, tags, into);
  }
}

}  // namespace

std::string render(std::string_view markdown) {
  constexpr int options = CMARK_OPT_HARDBREAKS | CMARK_OPT_VALIDATE_UTF8;
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, void (*)(cmark_parser*)> parser(cmark_parser_new(options), cmark_parser_free);
  for (const char* name : {"autolink", "tagfilter", "table", "strikethrough"})
    cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
  const std::string text = before_parsing(markdown);
  cmark_parser_feed(parser.get(), text.data(), text.size());
  const std::unique_ptr<cmark_node, void (*)(cmark_node*)> root(cmark_parser_finish(parser.get()), cmark_node_free);
  const std::unique_ptr<char, void (*)(void*)> html(
      cmark_render_html(root.get(), options, cmark_parser_get_syntax_extensions(parser.get())), std::free);
  return after_rendering(html.get());
}

std::string Html::content() const {
  if (tag == "br") return "\n";
  std::string result = text;
  for (const Html& each : children) {
    // The line end after <br> is not text of its own.
    const bool after_break = !result.empty() && each.tag.empty() && each.text.starts_with('\n') && result.ends_with('\n');
    result += after_break ? each.text.substr(1) : each.content();
  }
  return result;
}

std::vector<const Html*> Html::all(std::initializer_list<std::string_view> tags) const {
  std::vector<const Html*> result;
  collect(*this, tags, result);
  return result;
}

Html parse(std::string_view html) {
  Html root;
  Parser(html).read(root);
  return root;
}

std::string outline(const Html& html) {
  std::string result;
  append_outline(html, result);
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

}  // namespace bugzilla
