#include <cita/base/text.hpp>
#include <cita/input/bugzilla_record.hpp>
#include <cita/input/report_sections.hpp>
#include <cita/time/notation.hpp>
#include <cita/time/reading.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace cita {

namespace {

using Json = nlohmann::json;

constexpr std::string_view how_to_save =
    "save https://bugzilla.mozilla.org/rest/bug/NUMBER?include_fields=_default,comments,history,attachments"
    "&exclude_fields=attachments.data";

Span at_byte(const Source& source, std::size_t byte) {
  const auto begin = static_cast<std::uint32_t>(std::min(byte, source.text().size()));
  return {&source, begin, std::min(begin + 1, static_cast<std::uint32_t>(source.text().size()))};
}

constexpr std::size_t most_quoted = 60;

/// An object of an answer, with where it stands. What has the wrong type is reported, and taken as not there.
class Object {
 public:
  Object(const Json& json, std::string path, const Source& source, Diagnostics& diagnostics)
      : json_(json), path_(std::move(path)), source_(source), diagnostics_(diagnostics) {}

  bool has(const char* key) const { return json_.contains(key) && !json_[key].is_null(); }
  std::string text(const char* key) const {
    const Json* value = find(
        key, [](const Json& json) { return json.is_string(); }, "a text");
    return value == nullptr ? std::string() : value->get<std::string>();
  }
  std::int64_t number(const char* key) const {
    const Json* value = find(
        key, [](const Json& json) { return json.is_number_integer(); }, "a whole number");
    return value == nullptr ? 0 : value->get<std::int64_t>();
  }
  /// true and false, or 1 and 0.
  bool flag(const char* key) const {
    const auto is_flag = [](const Json& json) { return json.is_boolean() || json.is_number_integer(); };
    const Json* value = find(key, is_flag, "true or false");
    return value != nullptr && (value->is_boolean() ? value->get<bool>() : value->get<std::int64_t>() != 0);
  }
  std::optional<Instant> time(const char* key) const {
    const std::string written = text(key);
    if (written.empty()) return std::nullopt;
    StampContext utc;
    utc.zone = "UTC";
    const StampResult read = read_notation(written, utc);
    if (read && read.stamp->moment.is_exact()) return read.stamp->moment.earliest();
    report(key, "'" + text::shortened(written, most_quoted) + "' is no time of Bugzilla", "it writes 2026-11-24T02:39:24Z");
    return std::nullopt;
  }
  std::vector<std::string> texts(const char* key) const {
    std::vector<std::string> all;
    each_of(key, [&](const Json& value, const std::string&) {
      if (value.is_string()) all.push_back(value.get<std::string>());
    });
    return all;
  }
  template <class Visit>
  void each(const char* key, Visit visit) const {
    each_of(key, [&](const Json& value, const std::string& path) {
      if (value.is_object()) visit(Object(value, path, source_, diagnostics_));
      else diagnostics_.error("wrong-type", at_byte(source_, 0), path + " has to be an object", std::string(how_to_save));
    });
  }

  const Source& source() const { return source_; }
  void report(const char* key, const std::string& message, std::string help) const {
    diagnostics_.error("wrong-value", at_byte(source_, 0), path_ + "." + key + ": " + message, std::move(help));
  }

 private:
  template <class Is>
  const Json* find(const char* key, Is is, const char* what) const {
    if (!has(key)) return nullptr;
    const Json& value = json_[key];
    if (is(value)) return &value;
    report(key, std::string("it has to be ") + what, std::string(how_to_save));
    return nullptr;
  }
  template <class Visit>
  void each_of(const char* key, Visit visit) const {
    if (!has(key)) return;
    const Json& list = json_[key];
    if (!list.is_array()) return report(key, "it has to be a list", std::string(how_to_save));
    for (std::size_t i = 0; i < list.size(); ++i) visit(list[i], path_ + "." + key + "[" + std::to_string(i) + "]");
  }

  const Json& json_;
  std::string path_;
  const Source& source_;
  Diagnostics& diagnostics_;
};

// Without raw_text, the lines that Bugzilla puts before a comment on an attachment are cut off.
std::string content_of(const Object& comment) {
  if (comment.has("raw_text")) return comment.text("raw_text");
  std::string text = comment.text("text");
  for (const std::string_view opening : {"Created attachment ", "Comment on attachment "}) {
    if (!text.starts_with(opening)) continue;
    const std::size_t blank = text.find("\n\n");
    return blank == std::string::npos ? std::string() : text.substr(blank + 2);
  }
  return text;
}

/// The headers that `curl -i` puts before an answer.
struct Answer {
  std::size_t body = 0;  ///< where the JSON begins
  std::optional<Instant> given;
};

Answer opened(const Source& source) {
  const std::string_view text = source.text();
  Answer answer;
  while (text.substr(answer.body).starts_with("HTTP/")) {
    const std::size_t crlf = text.find("\r\n\r\n", answer.body), lf = text.find("\n\n", answer.body);
    const std::size_t end =
        std::min(crlf == std::string_view::npos ? crlf : crlf + 4, lf == std::string_view::npos ? lf : lf + 2);
    if (end == std::string_view::npos) break;
    std::string_view headers = text.substr(answer.body, end - answer.body);
    while (!headers.empty()) {
      const std::string_view line = headers.substr(0, headers.find('\n'));
      headers.remove_prefix(std::min(line.size() + 1, headers.size()));
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos || normalised_label(line.substr(0, colon)) != "date") continue;
      const StampResult date = read_stamp(trimmed(line.substr(colon + 1)), {});
      if (date && date.stamp->moment.is_exact()) answer.given = date.stamp->moment.earliest();
    }
    answer.body = end;
  }
  return answer;
}

class Reader {
 public:
  explicit Reader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void read(const Source& source) {
    const Answer answer = opened(source);
    given_ = answer.given;
    const std::string_view body = std::string_view(source.text()).substr(answer.body);
    const std::string_view begun = trimmed(body);
    if (begun.empty()) return diagnostics_.error("empty-answer", {}, source.name() + " holds nothing", std::string(how_to_save));
    if (begun.front() == '<')
      return diagnostics_.error("not-json", at_byte(source, answer.body),
                                "this is a web page and no answer of the REST interface",
                                "Bugzilla sends one when it refuses to answer so many requests; " + std::string(how_to_save));
    if (begun.starts_with("cita:") || begun.substr(0, begun.find("\n\n")).find("\ncita:") != std::string_view::npos)
      return diagnostics_.error("not-a-record", at_byte(source, answer.body), "this is an incident file and no record of a bug",
                                "write cita verify FILE --against RECORD");
    Json json;
    try {
      json = Json::parse(body.begin(), body.end());
    } catch (const Json::parse_error& error) {
      return diagnostics_.error("not-json", at_byte(source, answer.body + error.byte),
                                "this is no JSON: it breaks off or was changed here", std::string(how_to_save));
    } catch (const Json::out_of_range&) {
      return diagnostics_.error("number-too-large", at_byte(source, answer.body),
                                "a number in here is larger than any that Bugzilla writes", std::string(how_to_save));
    }
    take_answer(json, source);
  }

  std::vector<BugRecord> bugs() {
    std::vector<BugRecord> all;
    for (auto& [id, bug] : bugs_) {
      const auto by_number = [](const RecordedComment& a, const RecordedComment& b) { return a.number < b.number; };
      std::sort(bug.comments.begin(), bug.comments.end(), by_number);
      std::stable_sort(bug.changes.begin(), bug.changes.end(),
                       [](const RecordedChange& a, const RecordedChange& b) { return a.when < b.when; });
      const auto by_id = [](const RecordedAttachment& a, const RecordedAttachment& b) { return a.id < b.id; };
      std::sort(bug.attachments.begin(), bug.attachments.end(), by_id);
      all.push_back(std::move(bug));
    }
    return all;
  }

 private:
  Object object(const Json& json, std::string path, const Source& source) {
    return {json, std::move(path), source, diagnostics_};
  }

  void take_answer(const Json& json, const Source& source) {
    if (!json.is_object())
      return diagnostics_.error("not-an-answer", at_byte(source, 0), "this is JSON, but no answer of Bugzilla",
                                std::string(how_to_save));
    const Object root = object(json, "answer", source);
    if (json.value("error", Json()) == true)
      return diagnostics_.error("bugzilla-error", at_byte(source, 0),
                                "Bugzilla answered with error " + std::to_string(root.number("code")) + ": " +
                                    text::shortened(root.text("message"), most_quoted),
                                "a bug that is not public needs a key; a wrong number has no bug");
    bool any = false;
    if (json.contains("summary") && json.contains("id")) any = take_bug(root);
    if (json.contains("bugs")) any |= take_bugs(json["bugs"], source);
    for (const char* apart : {"comments", "attachments"})
      if (json.contains(apart) && json[apart].is_object() && !json[apart].empty()) any |= take_single(apart, json[apart], source);
    if (!any)
      diagnostics_.error("empty-answer", at_byte(source, 0), "the answer holds no bug",
                         "a search drops bugs that do not exist or are not public; " + std::string(how_to_save));
  }

  // {"bugs": [{…}]}, or by number {"bugs": {"7": {"comments": […]}}} and {"bugs": {"7": [attachments]}}.
  bool take_bugs(const Json& bugs, const Source& source) {
    bool any = false;
    if (bugs.is_array())
      for (std::size_t i = 0; i < bugs.size(); ++i)
        if (bugs[i].is_object()) any |= take_bug(object(bugs[i], "bugs[" + std::to_string(i) + "]", source));
    if (bugs.is_object())
      for (const auto& [key, value] : bugs.items()) {
        const auto id = text::whole_number(key);
        if (!id || *id == 0) continue;
        any = true;
        BugRecord& bug = record(*id);
        if (value.is_object()) take_parts(object(value, "bugs." + key, source), bug);
        // Attachments stand in a list of their own; as a field of the bug they read alike.
        if (value.is_array()) take_parts(object(Json{{"attachments", value}}, "bugs." + key, source), bug);
      }
    return any;
  }

  // {"comments": {"12": {…}}}, {"attachments": {"3": {…}}}: each says which bug it belongs to.
  bool take_single(const char* what, const Json& by_id, const Source& source) {
    for (const auto& [key, value] : by_id.items()) {
      if (!value.is_object()) continue;
      const std::int64_t bug = object(value, std::string(what) + "." + key, source).number("bug_id");
      if (bug <= 0) continue;
      take_parts(object(Json{{what, Json::array({value})}}, key, source), record(bug), false);
    }
    return true;
  }

  BugRecord& record(std::int64_t id) {
    BugRecord& bug = bugs_[id];
    bug.id = id;
    if (given_ && (!bug.saved || *given_ < *bug.saved)) bug.saved = given_;
    return bug;
  }

  bool take_bug(const Object& json) {
    const std::int64_t id = json.number("id");
    if (id <= 0) {
      json.report("id", "there is no bug without a number", std::string(how_to_save));
      return false;
    }
    BugRecord& bug = record(id);
    if (json.has("summary")) take_fields(json, bug);
    take_parts(json, bug);
    return true;
  }

  void take_fields(const Object& json, BugRecord& bug) {
    const auto changed = json.time("last_change_time");
    if (bug.has_fields && changed && *changed < bug.last_change) return;  // an older answer
    bug.has_fields = true;
    bug.summary = json.text("summary");
    bug.status = json.text("status");
    bug.resolution = json.text("resolution");
    bug.whiteboard = json.text("whiteboard");
    bug.creator = json.text("creator");
    bug.assignee = json.text("assigned_to");
    bug.comment_count = json.number("comment_count");
    bug.created = json.time("creation_time").value_or(bug.created);
    if (changed) bug.last_change = std::max(bug.last_change, *changed);
    bug.flags.clear();
    json.each("flags", [&](const Object& flag) {
      bug.flags.push_back(
          {flag.text("name"), flag.text("setter"), flag.text("requestee"), flag.time("creation_date").value_or(Instant{})});
    });
  }

  void take_parts(const Object& json, BugRecord& bug, bool are_all = true) {
    if (json.has("comments")) {
      bug.has_comments |= are_all;
      json.each("comments", [&](const Object& comment) { take_comment(comment, bug); });
    }
    if (json.has("history")) {
      bug.has_history = true;
      json.each("history", [&](const Object& entry) { take_entry(entry, bug); });
    }
    if (json.has("attachments")) {
      bug.has_attachments |= are_all;
      json.each("attachments", [&](const Object& attachment) { take_attachment(attachment, bug); });
    }
  }

  void take_comment(const Object& json, BugRecord& bug) {
    RecordedComment comment;
    comment.id = json.number("id");
    comment.number = static_cast<int>(std::clamp<std::int64_t>(json.number("count"), 0, 1'000'000));
    comment.author = json.has("creator") ? json.text("creator") : json.text("author");
    const auto time = json.has("creation_time") ? json.time("creation_time") : json.time("time");
    if (!time) {
      if (!json.has("creation_time") && !json.has("time"))
        json.report("creation_time", "the comment says no time", std::string(how_to_save));
      return;
    }
    comment.time = *time;
    comment.text = content_of(json);
    if (json.has("attachment_id")) comment.attachment = json.number("attachment_id");
    comment.tags = json.texts("tags");
    comment.is_private = json.flag("is_private");
    if (json.number("edit_count") > 0) comment.edited = json.time("last_change_time").value_or(open_future);
    bug.last_change = std::max(bug.last_change, comment.time);
    add_comment(std::move(comment), bug);
  }

  // An earlier answer may hold what a comment said before it was edited.
  static void add_comment(RecordedComment comment, BugRecord& bug) {
    const auto known = std::find_if(bug.comments.begin(), bug.comments.end(),
                                    [&](const RecordedComment& each) { return each.id == comment.id; });
    if (known == bug.comments.end()) return bug.comments.push_back(std::move(comment));
    if (known->text == comment.text) return;
    const auto edited = known->edited ? known->edited : comment.edited;
    *known = std::move(comment);
    known->edited = edited.value_or(open_future);
  }

  void take_entry(const Object& json, BugRecord& bug) {
    const auto when = json.time("when");
    if (!when) return;
    bug.last_change = std::max(bug.last_change, *when);
    json.each("changes", [&](const Object& change) {
      RecordedChange each{*when, json.text("who"), change.text("field_name"), change.text("removed"), change.text("added")};
      const bool is_known = std::any_of(bug.changes.begin(), bug.changes.end(), [&](const RecordedChange& other) {
        return other.when == each.when && other.who == each.who && other.field == each.field && other.removed == each.removed &&
               other.added == each.added;
      });
      if (!is_known) bug.changes.push_back(std::move(each));
    });
  }

  static void take_attachment(const Object& json, BugRecord& bug) {
    const std::int64_t id = json.number("id");
    const auto created = json.time("creation_time");
    const bool is_known = std::any_of(bug.attachments.begin(), bug.attachments.end(),
                                      [id](const RecordedAttachment& each) { return each.id == id; });
    if (!created || is_known) return;
    bug.last_change = std::max(bug.last_change, *created);
    bug.attachments.push_back({id, json.text("file_name"), json.text("description"), json.text("content_type"),
                               json.text("creator"), *created, json.flag("is_obsolete")});
  }

  Diagnostics& diagnostics_;
  std::map<std::int64_t, BugRecord> bugs_;
  std::optional<Instant> given_;
};

}  // namespace

bool RecordedChange::is_approximate() const {
  constexpr std::size_t one_piece = 254;
  return removed.size() > one_piece || added.size() > one_piece;
}

const RecordedComment* BugRecord::comment(int number) const {
  const auto found =
      std::find_if(comments.begin(), comments.end(), [number](const RecordedComment& each) { return each.number == number; });
  return found == comments.end() ? nullptr : &*found;
}

std::optional<int> BugRecord::first_gap() const {
  int next = 0;
  for (const RecordedComment& each : comments) {
    if (each.number > next) return next;
    next = each.number + 1;
  }
  return comment_count > next ? std::optional(next) : std::nullopt;
}

std::vector<BugRecord> read_bugzilla(const std::vector<std::shared_ptr<const Source>>& answers, Diagnostics& diagnostics) {
  Reader reader(diagnostics);
  for (const auto& answer : answers) reader.read(*answer);
  return reader.bugs();
}

}  // namespace cita
