#include <cita/base/text.hpp>
#include <cita/input/record_incident.hpp>
#include <cita/input/report_incident.hpp>
#include <cita/input/report_sections.hpp>
#include <cita/input/revocation_counts.hpp>
#include <cita/model/alignment.hpp>
#include <cita/time/format.hpp>
#include <cita/time/placing.hpp>

#include <algorithm>
#include <array>

namespace cita {

namespace {

// What Bugzilla shows whenever it happens.
constexpr EventKind shown_by_bugzilla[] = {EventKind::incident_disclosed,   EventKind::preliminary_incident_report,
                                           EventKind::full_incident_report, EventKind::update,
                                           EventKind::revocation_progress,  EventKind::question_asked,
                                           EventKind::question_answered,    EventKind::question_acknowledged,
                                           EventKind::correction,           EventKind::closure_requested,
                                           EventKind::next_update_set,      EventKind::bug_closed,
                                           EventKind::bug_reopened};

class Recorder {
 public:
  Recorder(Incident& incident, const BugReading& reading, const RecordOptions& options, Diagnostics& diagnostics)
      : incident_(incident),
        reading_(reading),
        bug_(*reading.bug),
        diagnostics_(diagnostics),
        told_before_(incident.events.size()),
        items_before_(incident.action_items.size()) {
    Account account;
    account.name = free_account(incident.accounts, "bugzilla");
    account.kind = AccountKind::bugzilla;
    account.from = "bug " + std::to_string(bug_.id);
    account.zone = "UTC";
    account.complete.what = Completeness::What::listed;
    if (bug_.has_comments) account.complete.kinds.assign(std::begin(shown_by_bugzilla), std::end(shown_by_bugzilla));
    if (is_of_delay()) std::erase_if(account.complete.kinds, [](EventKind kind) { return is_of_the_incident_behind(kind); });
    // Without the history nobody knows for which dates no update was due.
    if (!bug_.has_history)
      std::erase_if(account.complete.kinds, [](EventKind kind) {
        return kind == EventKind::update || kind == EventKind::next_update_set || kind == EventKind::bug_closed ||
               kind == EventKind::bug_reopened;
      });
    account.complete.until = Stamp();
    account.complete.until->moment = Moment::exact(complete_until(options));
    complete_until_ = account.complete.until->moment.earliest();
    result_.account = static_cast<int>(incident.accounts.size());
    incident.accounts.push_back(std::move(account));
    result_.comments.assign(incident.events.size(), none);
    result_.questions.assign(incident.questions.size(), none);
    taken_.assign(incident.events.size(), false);
  }

  RecordAccount record() {
    if (!incident_.bug) incident_.bug = bug_.id;
    incident_.revocation_delay |= has_delay_tag(bug_.whiteboard);
    if (has_delay_tag(bug_.whiteboard) && bug_.has_comments)
      incident_.accounts.back().complete.kinds.push_back(EventKind::delayed_revocation_report);
    add_filing();
    for (const ReadComment& each : reading_.comments) add_question(each);
    for (const ReadComment& each : reading_.comments) add_comment(each);
    add_delay();
    follow_action_items();
    for (const NextUpdate& each : reading_.next_updates) add_next_update(each);
    add_status();
    return std::move(result_);
  }

 private:
  // A bug that the incident names as its separate report on a missed revocation: what was disclosed and reported of the incident
  // itself stands in another bug.
  bool is_of_delay() const {
    const auto tells = [this](EventKind kind) {
      return std::any_of(incident_.events.begin(), incident_.events.begin() + static_cast<std::ptrdiff_t>(told_before_),
                         [&](const Event& event) {
                           return event.kind == kind && !event.tellings.empty() && !event.tellings.front().denied &&
                                  !event.tellings.front().at.relative &&
                                  agree_within_rounding(event.tellings.front().at.stamp.moment, Moment::exact(filed()));
                         });
    };
    return (bug_.has_fields || bug_.comment(0) != nullptr) && tells(EventKind::delayed_revocation_report) &&
           !tells(EventKind::incident_disclosed);
  }
  static bool is_of_the_incident_behind(EventKind kind) {
    return kind == EventKind::incident_disclosed || kind == EventKind::preliminary_incident_report ||
           kind == EventKind::full_incident_report;
  }
  Instant filed() const { return bug_.has_fields ? bug_.created : bug_.comment(0)->time; }

  // A comment that is missing may be the one that counts.
  Instant complete_until(const RecordOptions& options) const {
    Instant until = options.saved ? *options.saved : bug_.saved.value_or(bug_.last_change);
    const auto gap = bug_.first_gap();
    if (!gap) return until;
    Instant before = bug_.created;
    for (const RecordedComment& each : bug_.comments)
      if (each.number < *gap) before = std::max(before, each.time);
    return std::min(until, before);
  }

  // ---- one event

  Event& add(EventKind kind, Moment moment, Span span, std::string text, int comment, std::string unsure, int question = none) {
    const int known = unsure.empty() ? find_told(kind, moment, question) : none;
    if (known != none) {
      Event& event = incident_.events[static_cast<std::size_t>(known)];
      event.tellings.push_back(telling(moment, span));
      event.unsure.clear();  // the record shows that it is what its kind says
      taken_[static_cast<std::size_t>(known)] = true;
      result_.comments[static_cast<std::size_t>(known)] = comment;
      return event;
    }
    Event& event = incident_.events.emplace_back();
    event.kind = kind;
    event.id = free_id(incident_.events, std::string(name(kind)) + (comment == none ? "" : "-c" + std::to_string(comment)));
    event.span = span;
    event.text = std::move(text);
    event.unsure = std::move(unsure);
    event.tellings.push_back(telling(moment, span));
    result_.comments.push_back(comment);
    taken_.push_back(true);
    return event;
  }

  Telling telling(const Moment& moment, Span span) const {
    Telling telling;
    telling.account = result_.account;
    telling.span = span;
    telling.at.stamp.moment = moment;
    telling.at.stamp.text = show(moment);
    telling.at.stamp.span = span;
    return telling;
  }

  // Whether there is another comment just when this is said to have been.
  bool is_told_by_another(const Moment& told, const Moment& moment) const {
    return !agree_within_rounding(told, moment) &&
           std::any_of(bug_.comments.begin(), bug_.comments.end(),
                       [&told](const RecordedComment& each) { return agree_within_rounding(told, Moment::exact(each.time)); });
  }

  // The event of the incident that this is the record's telling of.
  int find_told(EventKind kind, const Moment& moment, int question) const {
    int nearest = none;
    Seconds least = furthest_tellings;
    for (std::size_t i = 0; i < told_before_; ++i) {
      const Event& event = incident_.events[i];
      if (event.kind != kind || taken_[i] || event.tellings.empty() || event.tellings.front().denied) continue;
      if (happens_once(kind)) return static_cast<int>(i);
      if (question != none && event.question != question) continue;
      const TimeRef& at = event.tellings.front().at;
      if (at.relative || is_told_by_another(at.stamp.moment, moment)) continue;
      const auto apart = distance(event, moment);
      if (apart && *apart < least) least = *apart, nearest = static_cast<int>(i);
    }
    return nearest;
  }

  // ---- the filing

  void add_filing() {
    if (!bug_.has_fields && !bug_.comment(0)) return;
    const std::string& by = bug_.has_fields ? bug_.creator : bug_.comment(0)->author;
    const Author author = reading_.author(by);
    const ReadComment* first = reading_.comment(0);
    Event& event =
        add(is_of_delay() ? EventKind::delayed_revocation_report : EventKind::incident_disclosed, Moment::exact(filed()),
            first != nullptr ? whole(*first->text) : Span(), "The bug was filed", first != nullptr ? 0 : none,
            author.is_surely(Actor::ca) || (author.role && !author.may_be_ca())
                ? ""
                : "who filed the bug is not certain: " + author.because);
    if (!event.by) event.by = author.role;
  }

  static Span whole(const Source& source) { return {&source, 0, static_cast<std::uint32_t>(source.text().size())}; }

  // ---- comments

  // What a comment is, and who wrote it, have both to be certain.
  static std::string doubt_of(const ReadComment& comment) {
    if (!comment.author.is_surely(Actor::ca))
      return "whether comment " + std::to_string(comment.number()) + " is the CA's is not certain: " + comment.author.because;
    if (comment.recorded->edited)
      return "comment " + std::to_string(comment.number()) + " was edited, and what it said at first is not in the record";
    return {};
  }

  void add_question(const ReadComment& comment) {
    if (comment.kind != CommentKind::question) return;
    // What was edited later may have been asked only then.
    Moment asked = Moment::exact(comment.recorded->time);
    if (comment.recorded->edited)
      asked =
          Moment::between(comment.recorded->time,
                          std::max(comment.recorded->time, std::min(*comment.recorded->edited, complete_until_)), Unit::second);
    std::string unsure;
    if (comment.certainty != Certainty::certain)
      unsure =
          "whether comment " + std::to_string(comment.number()) + " is a question to the CA is not certain: " + comment.because;
    Event& event = add_for(EventKind::question_asked, asked, comment, std::move(unsure));
    if (!event.by) event.by = question_by(comment);
    if (event.question == none) event.question = new_question(comment);
    result_.questions[static_cast<std::size_t>(event.question)] = comment.number();
  }

  int new_question(const ReadComment& comment) {
    Question& question = incident_.questions.emplace_back();
    question.id = free_id(incident_.questions, "c" + std::to_string(comment.number()));
    question.by = comment.author.role == Actor::ca ? Actor::community : comment.author.role.value_or(Actor::community);
    question.text = first_line(*comment.text);
    question.span = whole(*comment.text);
    result_.questions.push_back(none);
    return static_cast<int>(incident_.questions.size()) - 1;
  }
  static std::optional<Actor> question_by(const ReadComment& comment) {
    return comment.author.certainty == Certainty::certain ? comment.author.role : std::nullopt;
  }

  int question_of(int comment) const {
    const auto found = std::find(result_.questions.begin(), result_.questions.end(), comment);
    return found == result_.questions.end() ? none : static_cast<int>(found - result_.questions.begin());
  }

  static std::string first_line(const Source& text) {
    const auto lines = own_lines(text);
    constexpr std::size_t longest = 160;
    return lines.empty() ? std::string() : text::shortened(lines.front().text(), longest);
  }

  Event& add_for(EventKind kind, const Moment& moment, const ReadComment& comment, std::string unsure, int question = none) {
    return add(kind, moment, whole(*comment.text), first_line(*comment.text), comment.number(), std::move(unsure), question);
  }

  void add_comment(const ReadComment& comment) {
    if (!may_be_of_ca(comment)) return;
    const Moment when = Moment::exact(comment.recorded->time);
    const std::string doubt = doubt_of(comment);
    const EventKind kind = event_kind_of(comment);
    const bool is_behind = is_of_the_incident_behind(kind) && is_of_delay();
    add_for(is_behind ? EventKind::update : kind, when, comment, doubt);
    // What follows no template may be a report, or a count, all the same.
    if (comment.kind == CommentKind::update && !is_of_delay() && reads_like_report(comment))
      add_for(EventKind::full_incident_report, when, comment,
              "comment " + std::to_string(comment.number()) + " follows no template, and may be a report all the same");
    if (comment.certainty != Certainty::certain && comment.kind != CommentKind::update && comment.kind != CommentKind::remark)
      incident_.events.back().unsure =
          doubt.empty() ? "whether comment " + std::to_string(comment.number()) + " is that is not certain: " + comment.because
                        : doubt;
    if (comment.certainty != Certainty::certain && comment.kind != CommentKind::update && comment.kind != CommentKind::remark)
      add_for(EventKind::update, when, comment, doubt);
    add_revocation_count(comment);
    for (const AnswerTo& to : comment.answers) add_answer(comment, to, doubt);
    for (const Promise& promise : comment.promises) add_promise(comment, promise);
  }

  // What seems to be a question or to speak of the bug alone may be an update all the same, when nobody knows who wrote it.
  static bool may_be_of_ca(const ReadComment& comment) {
    const bool is_no_post = comment.kind == CommentKind::question || comment.kind == CommentKind::administration;
    if (!is_no_post) return comment.author.may_be_ca();
    return comment.certainty != Certainty::certain && (!comment.author.role || comment.author.is(Actor::ca));
  }

  static EventKind event_kind_of(const ReadComment& comment) {
    switch (comment.kind) {
      case CommentKind::preliminary_report: return EventKind::preliminary_incident_report;
      case CommentKind::full_report: return EventKind::full_incident_report;
      case CommentKind::closure_request: return EventKind::closure_requested;
      case CommentKind::revocation_progress: return EventKind::revocation_progress;
      default: return EventKind::update;
    }
  }

  static bool reads_like_report(const ReadComment& comment) {
    constexpr std::size_t long_text = 3'000;
    const std::string& text = comment.recorded->text;
    return text.size() > long_text || text.find("ncident report") != std::string::npos ||
           text.find("ncident Report") != std::string::npos;
  }

  void add_answer(const ReadComment& comment, const AnswerTo& to, const std::string& doubt) {
    const int question = question_of(to.comment);
    if (question == none) return;
    const bool acknowledges = comment.kind == CommentKind::acknowledgement;
    std::string unsure = doubt;
    if (unsure.empty() && to.certainty != Certainty::certain)
      unsure = "whether comment " + std::to_string(comment.number()) + " answers comment " + std::to_string(to.comment) +
               " is not certain: " + to.because;
    const bool has_date = !comment.promises.empty();
    if (unsure.empty() && acknowledges && !has_date)
      unsure = "comment " + std::to_string(comment.number()) + " gives no date for the answer";
    Event& event = add_for(acknowledges ? EventKind::question_acknowledged : EventKind::question_answered,
                           Moment::exact(comment.recorded->time), comment, std::move(unsure), question);
    event.question = question;
    if (acknowledges && !event.planned && !comment.promises.empty() && comment.promises.front().by)
      event.planned = TimeRef{*comment.promises.front().by, std::nullopt};
  }

  // ---- revocation

  static bool has_delay_tag(std::string_view whiteboard) {
    constexpr std::string_view tags[] = {"revocation-delay", "delayed-revocation-ca", "delayed-revocation-leaf"};
    return std::any_of(std::begin(tags), std::end(tags),
                       [whiteboard](std::string_view tag) { return whiteboard.find(tag) != std::string_view::npos; });
  }

  // What is counted in words may be a part of the certificates, or an earlier day's.
  void add_revocation_count(const ReadComment& comment) {
    if (!comment.author.is(Actor::ca)) return;
    const auto count = find_revocation_count(*comment.text);
    if (!count) return;
    const Instant posted = comment.recorded->time;
    Event& event = add(
        EventKind::revocation_partial, count->is_of_another_day ? Moment().not_after(posted) : Moment::exact(posted), count->span,
        std::string(trimmed(count->span.text())), comment.number(), "the count is read from the words of a comment");
    event.done = count->done;
    event.of = count->of;
  }

  // Since when the whiteboard speaks of a delay; nobody knows it without the history.
  std::optional<Instant> tagged() const {
    std::optional<Instant> since = bug_.created;
    bool has_tag = has_delay_tag(bug_.whiteboard);
    for (auto change = bug_.changes.rbegin(); change != bug_.changes.rend() && has_tag; ++change) {
      if (change->field != "whiteboard") continue;
      since = change->when;
      has_tag = has_delay_tag(change->removed);
      if (has_tag) since = bug_.created;
    }
    return bug_.has_history ? since : std::nullopt;
  }

  // A bug that is tagged for a delay is where the delay is reported, and where its progress is posted.
  void add_delay() {
    if (!has_delay_tag(bug_.whiteboard)) return;
    const auto since = tagged();
    const std::string title = text::simplified(bug_.summary);
    const bool is_about_delay = title.find("delay") != std::string::npos && title.find("revo") != std::string::npos;
    std::optional<Instant> may_be_over;
    for (const ReadComment& each : reading_.comments) {
      if (!each.author.may_be_ca() || each.kind == CommentKind::question || each.kind == CommentKind::administration) continue;
      const std::string number = "comment " + std::to_string(each.number());
      std::string doubt = doubt_of(each);
      if (doubt.empty() && !since) doubt = "since when the whiteboard speaks of a delay is not in the record";
      if (doubt.empty() && !is_about_delay) doubt = "whether " + number + " reports on the delay, its title does not say";
      if (each.report && each.kind != CommentKind::closure_request)
        add_for(EventKind::delayed_revocation_report, Moment::exact(std::max(each.recorded->time, since.value_or(Instant{}))),
                each, doubt);
      const bool counts = each.kind == CommentKind::revocation_progress;
      if (!counts && text::simplified(each.recorded->text).find("revo") != std::string::npos)
        add_for(EventKind::revocation_progress, Moment::exact(each.recorded->time), each,
                "whether " + number + " says how far the revocation has come is not certain");
      const bool surely_counts = counts && each.certainty == Certainty::certain && doubt_of(each).empty();
      if (surely_counts || (!may_be_over && each.report)) may_be_over = each.recorded->time;
    }
    // The record does not show when nothing was left: not before the last post that is sure to count what was.
    if (may_be_over && *may_be_over < complete_until_)
      add(EventKind::revocation_published, Moment::between(*may_be_over, complete_until_, Unit::second), {},
          "All certificates may have been revoked", none,
          "whether and when nothing was left to be revoked, the record does not show");
  }

  // ---- action items, from report to report

  struct ItemList {
    std::vector<ActionItem> items;
    const ReadComment* comment = nullptr;
  };

  void follow_action_items() {
    ItemList before;
    for (const ReadComment& each : reading_.comments) {
      if (!each.report || each.kind != CommentKind::full_report || !each.author.is(Actor::ca)) continue;
      ItemList now{incident_of(*each.report, {}).incident.action_items, &each};
      if (now.items.empty()) continue;
      for (const ActionItem& item : now.items) follow(find(before.items, item), item, before.comment, each);
      for (const ActionItem& item : before.items)
        if (find(now.items, item) == nullptr) {
          ActionItem gone = item;
          gone.status = "listed no longer";
          add_item_event(EventKind::action_item_changed, gone, between(*before.comment, each.recorded->time - Seconds{1}, false),
                         each, "It is listed no longer", doubt_of(*before.comment));
        }
      before = std::move(now);
    }
    if (before.comment == nullptr || !bug_.is_open()) return;
    for (const ActionItem& item : before.items)
      if (const auto passed = passed_before(item, complete_until_))
        add_item_event(EventKind::action_item_changed, item, between(*before.comment, *passed, true), *before.comment, due_passed,
                       {});
  }

  static constexpr std::string_view due_passed = "Its due date passed: by then it was done, or put off";

  static const ActionItem* find(const std::vector<ActionItem>& items, const ActionItem& like) {
    const std::string words = words_of(like.text);
    for (const ActionItem& each : items)
      if (words_of(each.text) == words) return &each;
    return nullptr;
  }

  // From the post that still told otherwise. What surely came later is not told by that post, of the same second or not.
  static Moment between(const ReadComment& post, Instant until, bool surely_later) {
    const Instant from = post.recorded->time + Seconds{surely_later ? 1 : 0};
    return Moment::between(from, std::max(from, until), Unit::second);
  }

  // The end of its due date, anywhere on Earth, when that lies before; only of what was still to be done.
  static std::optional<Instant> passed_before(const ActionItem& item, Instant until) {
    constexpr Seconds furthest_zone{12 * 3'600};
    const std::string status = words_of(item.status);
    const bool is_to_be_done = status == "ongoing" || status == "open" || status == "in progress" || status == "not started";
    if (!is_to_be_done || !item.due || item.due->relative || item.due->stamp.moment.is_open_after()) return std::nullopt;
    // Where nobody states a zone, the bounds hold every one already.
    const bool is_unzoned = has_assumption(item.due->stamp, AssumptionKind::unknown_zone);
    const Instant end = item.due->stamp.moment.latest() + (is_unzoned ? Seconds{0} : furthest_zone);
    return end < until ? std::optional(end) : std::nullopt;
  }

  static std::string due_of(const ActionItem& item) { return item.due ? show(item.due->stamp.moment) : std::string("no date"); }

  void follow(const ActionItem* before, const ActionItem& now, const ReadComment* last, const ReadComment& post) {
    if (before == nullptr) {
      add_item_event(EventKind::action_item_added, now, Moment::exact(post.recorded->time), post, "It was added", {});
      return;
    }
    std::string change;
    if (words_of(before->status) != words_of(now.status)) change = before->status + " became " + now.status;
    if (due_of(*before) != due_of(now)) change += (change.empty() ? "" : ", ") + due_of(*before) + " became " + due_of(now);
    const auto passed = passed_before(*before, post.recorded->time);
    if (change.empty() && !passed) return;
    EventKind kind = EventKind::action_item_changed;
    const bool is_later = before->due && now.due && !before->due->relative && !now.due->relative &&
                          cita::before(before->due->stamp.moment, now.due->stamp.moment) == Truth::yes;
    if (is_complete(now.status) && !is_complete(before->status)) kind = EventKind::action_item_completed;
    else if (is_later || (words_of(now.status) == "delayed" && words_of(before->status) != "delayed"))
      kind = EventKind::action_item_delayed;
    const Instant until = std::min(post.recorded->time - Seconds{1}, passed.value_or(post.recorded->time));
    add_item_event(kind, now, between(*last, until, passed.has_value()), post, change.empty() ? std::string(due_passed) : change,
                   doubt_of(*last));
  }

  // Its place in the incident; what the claim does not list is as the bug lists it last.
  int place_of(const ActionItem& item) {
    const ActionItem* known = find(incident_.action_items, item);
    const std::size_t place =
        known == nullptr ? incident_.action_items.size() : static_cast<std::size_t>(known - incident_.action_items.data());
    if (known == nullptr) {
      const std::string id = free_id(incident_.action_items, item.id);
      incident_.action_items.push_back(item);
      incident_.action_items.back().id = id;
    } else if (place >= items_before_) {
      incident_.action_items[place].status = item.status;
      incident_.action_items[place].due = item.due;
    }
    return static_cast<int>(place);
  }

  void add_item_event(EventKind kind, const ActionItem& item, const Moment& when, const ReadComment& post, std::string_view text,
                      std::string doubt) {
    if (doubt.empty()) doubt = doubt_of(post);
    const int index = place_of(item);
    Event& event = add(kind, when, item.span, std::string(text), post.number(), "a list of action items");
    event.unsure = std::move(doubt);
    event.action_item = index;
  }

  // ---- promises

  void add_promise(const ReadComment& comment, const Promise& promise) {
    Commitment& commitment = incident_.commitments.emplace_back();
    const int index = static_cast<int>(incident_.commitments.size()) - 1;
    commitment.id = free_id(incident_.commitments, "c" + std::to_string(comment.number()));
    commitment.text = promise.text;
    commitment.span = promise.span;
    const Moment posted = Moment::exact(comment.recorded->time);
    const int made = static_cast<int>(incident_.events.size());
    // A timeline tells of what was said on other days.
    const bool is_plain = promise.of_post && comment.author.is_surely(Actor::ca) && comment.report == nullptr;
    Event& event = add(EventKind::commitment_made, posted, promise.span, promise.text, comment.number(), "a promise");
    event.commitment = index;
    event.unsure = is_plain ? "" : "whether this is a promise of the CA for that date is read from words";
    TimeRef due;
    if (promise.within) {
      due.relative = Relative();
      due.relative->after = made;
      due.relative->most = promise.within;
      due.relative->unit = Unit::second;
      due.stamp.text = promise.text;
      due.stamp.span = promise.span;
    } else if (promise.by) {
      due.stamp = *promise.by;
      due.stamp.span = promise.span;
      if (!promise.assumed.empty()) due.stamp.assumptions.push_back({AssumptionKind::other, promise.assumed});
    }
    incident_.commitments.back().due = std::move(due);
    if (promise.of_post) add_keeping(comment, index);
  }

  // The CA's next post may be what was promised; before it, or before the end of the record, nothing was posted.
  void add_keeping(const ReadComment& promising, int commitment) {
    Instant open_until = complete_until_;
    for (const ReadComment& each : reading_.comments) {
      if (each.number() <= promising.number() || !may_be_of_ca(each)) continue;
      add(EventKind::commitment_kept, Moment::exact(each.recorded->time), whole(*each.text), first_line(*each.text),
          each.number(), "whether comment " + std::to_string(each.number()) + " is what was promised is not certain")
          .commitment = commitment;
      open_until = std::min(open_until, each.recorded->time - Seconds{1});
      break;
    }
    if (open_until <= promising.recorded->time) return;
    Event& open = add(EventKind::still_open, Moment::exact(open_until), whole(*promising.text),
                      "Until then the CA posted nothing further", none, {});
    open.commitment = commitment;
    open.still_open = {EventKind::commitment_kept};
  }

  // ---- whiteboard and status

  void add_next_update(const NextUpdate& update) {
    if (!update.date) {
      diagnostics_.warning("next-update-unread", update.span,
                           "the date of '" + update.text + "' cannot be read for sure: " + update.problem,
                           "whoever sets it writes it as Next update 2026-12-15");
      return;
    }
    std::string unsure;
    if (update.taken_out) unsure = "it was taken out of the whiteboard on " + show(*update.taken_out);
    else if (!update.by.is_surely(Actor::root_program) && !update.by.is_surely(Actor::ca))
      unsure = "who set it is not certain" + (update.login.empty() ? std::string() : " (" + update.login + ")") + ": " +
               update.by.because;
    Event& event = add(EventKind::next_update_set, Moment::exact(update.set), update.span, update.text, none, std::move(unsure));
    if (!event.planned) event.planned = TimeRef{*update.date, std::nullopt};
    if (!event.by && update.by.certainty == Certainty::certain) event.by = update.by.role;
  }

  static bool is_closed_status(const std::string& status) {
    return status == "RESOLVED" || status == "VERIFIED" || status == "CLOSED";
  }

  void add_status() {
    bool any = false;
    for (std::size_t i = 0; i < bug_.changes.size(); ++i) {
      const RecordedChange& change = bug_.changes[i];
      if (change.field != "status" || is_closed_status(change.added) == is_closed_status(change.removed)) continue;
      any = true;
      Event& event = add(is_closed_status(change.added) ? EventKind::bug_closed : EventKind::bug_reopened,
                         Moment::exact(change.when), reading_.changes[i], change.removed + " to " + change.added, none, {});
      const Author who = reading_.author(change.who);
      if (!event.by && who.certainty == Certainty::certain && !who.is(Actor::ca)) event.by = who.role;
    }
    // Closed, and the history that says when was not saved.
    if (!any && bug_.has_fields && !bug_.is_open())
      add(EventKind::bug_closed, Moment::between(bug_.created, bug_.last_change, Unit::second), {}, "The bug is closed", none,
          {});
  }

  Incident& incident_;
  const BugReading& reading_;
  const BugRecord& bug_;
  Diagnostics& diagnostics_;
  RecordAccount result_;
  const std::size_t told_before_, items_before_;
  std::vector<bool> taken_;  // events that have the record's telling
  Instant complete_until_{};
};

}  // namespace

RecordAccount add_record(Incident& incident, const BugReading& reading, const RecordOptions& options, Diagnostics& diagnostics) {
  return Recorder(incident, reading, options, diagnostics).record();
}

Incident incident_of(const BugReading& reading) {
  const BugRecord& bug = *reading.bug;
  const ReadComment* report = reading.latest_report(CommentKind::full_report);
  if (report == nullptr) report = reading.latest_report(CommentKind::preliminary_report);
  if (report != nullptr) return told_by_report(*report->report, bug.summary, "ca");
  Incident incident;
  if (!reading.comments.empty()) incident.source = reading.comments.front().text;
  incident.title = bug.summary;
  const std::size_t colon = bug.summary.find(": ");
  if (colon != std::string::npos) incident.ca_name = bug.summary.substr(0, colon);
  return incident;
}

}  // namespace cita
