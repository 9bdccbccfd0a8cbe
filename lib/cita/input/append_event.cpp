#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>
#include <cita/input/append_event.hpp>
#include <cita/yaml/document.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cita {

namespace {

using yaml::Node;
using Path = std::vector<std::string_view>;

constexpr std::string_view events_key = "events";

// ---- how it is written

bool is_plain(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  const auto is_safe = [&](char c) { return is_letter(c) || std::string_view("._:+-").find(c) != std::string_view::npos; };
  return !text.empty() && is_letter(text.front()) && text.back() != ':' && std::all_of(text.begin(), text.end(), is_safe) &&
         text != "null" && text != "Null" && text != "NULL";
}

std::string scalar(const std::string& text) {
  if (is_plain(text)) return text;
  std::string quoted = nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  // Line ends to YAML, but not to JSON.
  for (const auto& [raw, escape] : {std::pair{"\u2028", "\\u2028"}, std::pair{"\u2029", "\\u2029"}})
    for (std::size_t at = 0; (at = quoted.find(raw, at)) != std::string::npos;)
      quoted.replace(at, std::string_view(raw).size(), escape);
  return quoted;
}

std::string written(const NewEvent::Field& field) {
  std::string value;
  for (const std::string& each : field.values) value += (value.empty() ? "" : ", ") + scalar(each);
  if (field.values.size() != 1) value = "[" + value + "]";
  if (!field.under.empty()) value = "{" + scalar(field.under) + ": " + value + "}";
  return field.key + ": " + value;
}

std::string written(const std::vector<NewEvent::Field>& fields, bool as_flow, const std::string& between) {
  std::string out;
  for (const NewEvent::Field& each : fields) out += (out.empty() ? "" : as_flow ? ", " : between) + written(each);
  return as_flow ? "{" + out + "}" : out;
}

// ---- what has to come out of it

bool is_same(Node a, Node b) {
  if (!a || !b || a.kind() != b.kind()) return !a && !b;
  if (a.is_scalar()) return a.text() == b.text() && a.is_quoted() == b.is_quoted();
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if ((a.is_mapping() && a.key(i) != b.key(i)) || !is_same(a.item(i), b.item(i))) return false;
  return true;
}

bool is_value(Node node, const NewEvent::Field& field) {
  if (!field.under.empty()) {
    if (!node || !node.is_mapping() || node.size() != 1) return false;
    node = node.find(field.under);
  }
  const auto is_text = [](Node each, const std::string& text) { return each && each.is_scalar() && each.text() == text; };
  if (field.values.size() == 1) return is_text(node, field.values.front());
  if (!node || !node.is_sequence() || node.size() != field.values.size()) return false;
  for (std::size_t i = 0; i < node.size(); ++i)
    if (!is_text(node.item(i), field.values[i])) return false;
  return true;
}

bool is_event(Node node, const std::vector<NewEvent::Field>& fields) {
  return node && node.is_mapping() && node.size() == fields.size() &&
         std::all_of(fields.begin(), fields.end(),
                     [node](const NewEvent::Field& field) { return is_value(node.find(field.key), field); });
}

bool has_one_more(Node before, Node after, const std::vector<NewEvent::Field>& fields) {
  const std::size_t count = before && before.is_sequence() ? before.size() : 0;
  if (!after || !after.is_sequence() || after.size() != count + 1) return false;
  for (std::size_t i = 0; i < count; ++i)
    if (!is_same(before.item(i), after.item(i))) return false;
  return is_event(after.item(count), fields);
}

// Everything as before, but for the list at the end of the path.
bool is_extended(Node before, Node after, const Path& path, std::size_t depth, const std::vector<NewEvent::Field>& fields) {
  if (depth == path.size()) return has_one_more(before, after, fields);
  if (!before || !after || !before.is_mapping() || !after.is_mapping()) return false;
  const bool is_new = !before.find(path[depth]);
  if (after.size() != before.size() + (is_new ? 1 : 0)) return false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before.key(i) != after.key(i)) return false;
    const bool good = before.key(i) == path[depth] ? is_extended(before.item(i), after.item(i), path, depth + 1, fields)
                                                   : is_same(before.item(i), after.item(i));
    if (!good) return false;
  }
  return !is_new ||
         (after.key(before.size()) == path[depth] && is_extended(Node(), after.item(before.size()), path, depth + 1, fields));
}

// ---- where it goes

class Appender {
 public:
  Appender(const Source& source, Node root, const NewEvent& event, std::string& problem)
      : text_(source.text()), root_(root), fields_(event.fields), in_case_(event.in_case), problem_(problem) {
    take_line_end(0);
  }

  // Texts to try, the one that looks best first; none, with a problem.
  std::vector<std::string> candidates() {
    if (!root_.is_mapping() || at(root_.span().begin) == '{') return refuse("the file is one '{…}'; write its keys as lines");
    if (!find_list()) return {};
    if (!list_) return at_end_of_file();
    if (list_.is_sequence()) return at(list_.span().begin) == '[' ? in_flow() : in_block();
    if (list_.is_null() && list_.span().begin == list_.span().end) return below_key();
    return refuse("'events' is no list; write 'events:' and nothing behind it");
  }

  const Path& path() const { return path_; }
  const std::vector<NewEvent::Field>& fields() const { return fields_; }

 private:
  char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }

  std::vector<std::string> refuse(std::string why) {
    problem_ = std::move(why);
    return {};
  }

  // That of the line there, or of the one before where it has none.
  void take_line_end(std::size_t offset) {
    std::size_t end = text_.find('\n', offset);
    if (end == std::string::npos) end = text_.rfind('\n');
    line_end_ = end != std::string::npos && end > 0 && text_[end - 1] == '\r' ? "\r\n" : "\n";
  }

  static std::optional<std::size_t> index_of(Node mapping, std::string_view key) {
    for (std::size_t i = 0; mapping && mapping.is_mapping() && i < mapping.size(); ++i)
      if (mapping.key(i) == key) return i;
    return std::nullopt;
  }

  // The case's own list where it has one, else that of the file, where the event names its case.
  bool find_list() {
    Node owner = root_;
    path_ = {events_key};
    if (!in_case_.empty()) {
      const Node cases = root_.find("cases");
      const Node own = cases && cases.is_mapping() ? cases.find(in_case_) : Node();
      if (cases && cases.is_mapping() && !own) return report_unknown_case(cases);
      if (index_of(own, events_key)) {
        owner = own;
        path_ = {"cases", in_case_, events_key};
      } else {
        const auto after_kind = std::min<std::size_t>(2, fields_.size());
        fields_.insert(fields_.begin() + static_cast<std::ptrdiff_t>(after_kind), {"case", {in_case_}, {}});
      }
    }
    if (const auto index = index_of(owner, events_key)) {
      list_ = owner.item(*index);
      key_ = owner.key_span(*index);
      take_line_end(key_.begin);
    }
    return true;
  }

  bool report_unknown_case(Node cases) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < cases.size(); ++i) known.push_back(cases.key(i));
    problem_ = "there is no case '" + in_case_ + "'; " + suggestion(in_case_, known);
    return false;
  }

  std::size_t line_start(std::size_t offset) const {
    const std::size_t before = offset == 0 ? std::string::npos : text_.rfind('\n', offset - 1);
    const std::size_t start = before == std::string::npos ? 0 : before + 1;
    const bool has_mark = start == 0 && std::string_view(text_).starts_with("\xEF\xBB\xBF");
    return has_mark ? 3 : start;
  }

  std::string between(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }
  static bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

  // Where a value ends that has no closing sign, whatever blank lines and remarks follow.
  std::size_t content_end(Node node) const {
    const bool is_closed = node.is_scalar() || at(node.span().begin) == '[' || at(node.span().begin) == '{';
    if (is_closed || node.size() == 0) return node.span().end;
    const std::size_t last = node.size() - 1;
    const std::size_t end = content_end(node.item(last));
    return node.is_mapping() ? std::max<std::size_t>(end, node.key_span(last).end) : end;
  }

  // Whole lines put in after the line in which something ends.
  std::string with_lines(std::size_t end, const std::string& lines) const {
    if (end > 0 && at(end - 1) == '\n') return between(0, end) + lines + text_.substr(end);
    const std::size_t stop = text_.find('\n', end);
    if (stop == std::string::npos) return text_ + line_end_ + lines;
    return between(0, stop + 1) + lines + text_.substr(stop + 1);
  }

  // A kind comes first where it does in the event above.
  void take_order(Node like) {
    const auto kind = index_of(like, "kind");
    if (kind == std::size_t{0} && fields_.size() > 1) std::swap(fields_[0], fields_[1]);
  }

  std::vector<std::string> in_block() {
    const Node last = list_.item(list_.size() - 1);
    const std::size_t begin = last.span().begin;
    const std::size_t dash = begin == 0 ? std::string::npos : text_.rfind('-', begin - 1);
    if (dash == std::string::npos || !is_blank(between(dash + 1, begin)))
      return refuse("the last event does not stand on the line of its '-'");
    const std::string indent = between(line_start(dash), dash);
    if (!is_blank(indent)) return refuse("something stands before the '-' of the last event");
    take_order(last);
    const std::string gap = between(dash + 1, begin);
    const std::string further = line_end_ + indent + std::string(1 + gap.size(), ' ');
    const std::string lines = indent + "-" + gap + written(fields_, at(begin) == '{', further) + line_end_;
    const std::size_t end = content_end(last);
    std::vector<std::string> result;
    // Behind a text block, blank lines may belong to it or not.
    if (at(end - 1) == '\n') {
      std::size_t trimmed = end;
      while (trimmed > 1 && is_blank(between(line_start(trimmed - 1), trimmed - 1))) trimmed = line_start(trimmed - 1);
      result.push_back(with_lines(trimmed, lines));
    }
    result.push_back(with_lines(end, lines));
    return result;
  }

  std::vector<std::string> in_flow() {
    const std::size_t close = list_.span().end - 1;
    if (list_.size() == 0) return {between(0, close) + written(fields_, true, {}) + text_.substr(close)};
    const Node last = list_.item(list_.size() - 1);
    take_order(last);
    const std::size_t begin = last.span().begin, end = last.span().end;
    const std::string event = written(fields_, true, {});
    const std::string indent = between(line_start(begin), begin);
    const std::size_t line_stop = std::min(text_.find('\n', end), text_.size());
    // On lines of their own: a line more, behind whatever remark the last one has.
    if (is_blank(indent) && line_stop < close) {
      const std::size_t stop = at(line_stop - 1) == '\r' ? line_stop - 1 : line_stop;
      const bool has_comma =
          between(end, stop).find_first_not_of(" \t") != std::string::npos && at(text_.find_first_not_of(" \t", end)) == ',';
      return {between(0, end) + (has_comma ? "" : ",") + between(end, stop) + line_end_ + indent + event +
              (has_comma ? "," : "") + text_.substr(stop)};
    }
    return {between(0, end) + ", " + event + text_.substr(end)};
  }

  std::vector<std::string> below_key() {
    const std::string indent = between(line_start(key_.begin), key_.begin);
    if (!is_blank(indent)) return refuse("'events' has nothing behind it inside '{…}'; write 'events: []' there");
    return {with_lines(key_.end, indent + "  - " + written(fields_, true, {}) + line_end_)};
  }

  std::vector<std::string> at_end_of_file() {
    const std::size_t first = root_.key_span(0).begin;
    const std::string indent = between(line_start(first), first);
    if (!is_blank(indent)) return refuse("the file has no 'events:'; add that line");
    const bool is_ended = text_.ends_with('\n');
    return {text_ + (is_ended ? "" : line_end_) + indent + "events:" + line_end_ + indent + "  - " + written(fields_, true, {}) +
            line_end_};
  }

  const std::string& text_;
  Node root_;
  std::vector<NewEvent::Field> fields_;
  std::string in_case_;
  std::string& problem_;
  std::string line_end_;
  Path path_;
  Node list_;
  Span key_;
};

bool is_as_meant(const std::string& text, const std::string& name, Node root, const Appender& appender) {
  Diagnostics diagnostics;
  const auto document = yaml::parse(std::make_shared<const Source>(name, text), diagnostics);
  return document && !diagnostics.has_errors() && is_extended(root, document->root(), appender.path(), 0, appender.fields());
}

// What must not stand in a file that people read; a line end may.
bool has_hidden(const NewEvent& event, std::string& problem) {
  for (const NewEvent::Field& field : event.fields) {
    for (const std::string& value : field.values) {
      std::size_t bad = 0;
      const auto hidden = text::hidden_characters(value);
      if (!text::is_utf8(value, &bad)) problem = "'" + field.key + "' is no UTF-8 text";
      else if (!hidden.empty()) problem = "'" + field.key + "' has a character that nobody sees: " + hidden.front().name;
      else if (value.find('\r') != std::string::npos) problem = "'" + field.key + "' has a carriage return; leave it out";
      else continue;
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<std::string> append_event(const std::shared_ptr<const Source>& source, const NewEvent& event,
                                        std::string& problem) {
  if (has_hidden(event, problem)) return std::nullopt;
  Diagnostics diagnostics;
  const auto document = yaml::parse(source, diagnostics);
  if (!document || diagnostics.has_errors()) {
    problem = "the file cannot be read";
    return std::nullopt;
  }
  Appender appender(*source, document->root(), event, problem);
  for (const std::string& text : appender.candidates())
    if (is_as_meant(text, source->name(), document->root(), appender)) return text;
  if (problem.empty()) problem = "the way the list of events is written leaves no safe place; add the event by hand";
  return std::nullopt;
}

}  // namespace cita
