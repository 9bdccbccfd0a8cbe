// What bugzilla.mozilla.org makes of a comment: its pipeline, with the Markdown library that it uses, and the HTML as a tree.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bugzilla {

/// The HTML of a comment. Shorthand links (bug 1, attachments, …) are not made; they do not change the text.
std::string render(std::string_view markdown);

/// An element, or a piece of text (no tag).
struct Html {
  std::string tag;
  std::string text;
  std::map<std::string, std::string> attributes;
  std::vector<Html> children;

  /// All text in it, line breaks as '\n'.
  std::string content() const;
  /// All elements with one of the tags, in document order.
  std::vector<const Html*> all(std::initializer_list<std::string_view> tags) const;
};

/// The tree below an element without a tag.
Html parse(std::string_view html);
inline Html show(std::string_view markdown) { return parse(render(markdown)); }

/// The tree in one line, without what differs between two writers of the same HTML: links, white space between elements.
std::string outline(const Html& html);

}  // namespace bugzilla
