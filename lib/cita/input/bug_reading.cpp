#include <cita/base/text.hpp>
#include <cita/input/bug_reading.hpp>
#include <cita/input/report_sections.hpp>
#include <cita/time/format.hpp>
#include <cita/time/reading.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

namespace cita {

namespace {

constexpr std::string_view needinfo = "flagtypes.name";
constexpr std::string_view closing_address = "incident-reporting@";

std::string_view domain_of(std::string_view login) {
  const std::size_t at = login.rfind('@');
  return at == std::string_view::npos ? std::string_view() : login.substr(at + 1);
}

// Where anybody may have an address.
bool is_public_mail(std::string_view domain) {
  constexpr std::array<std::string_view, 10> all = {"gmail.com",  "googlemail.com", "outlook.com", "hotmail.com", "yahoo.com",
                                                    "icloud.com", "protonmail.com", "proton.me",   "gmx.de",      "disabled.tld"};
  return std::find(all.begin(), all.end(), domain) != all.end();
}

// bugzilla.mozilla.org's automatic accounts.
bool is_robot(std::string_view domain) { return domain == "mozilla.tld" || domain == "bmo.tld"; }

// What moderators put on comments that are not to be answered.
bool is_set_aside(const RecordedComment& comment) {
  constexpr std::array<std::string_view, 5> tags = {"off-topic", "offtopic", "spam", "abuse", "abusive"};
  return std::any_of(comment.tags.begin(), comment.tags.end(),
                     [&](const std::string& tag) { return std::find(tags.begin(), tags.end(), tag) != tags.end(); });
}

bool contains_any(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// Who is who in one bug.
class People {
 public:
  People(const BugRecord& bug, const Roster& roster) : bug_(bug), roster_(roster) {
    if (const RecordedComment* first = bug.comment(0))
      first_is_report_ = first->text.find("Incident Report") != std::string::npos;
  }

  Author author(const std::string& login) const {
    if (const auto known = roster_.people.find(login); known != roster_.people.end())
      return {known->second.role, known->second.name, Certainty::certain, "the roster says so"};
    const std::string_view domain = domain_of(login);
    if (is_robot(domain)) return {Actor::other, {}, Certainty::certain, "it is one of Bugzilla's own robots"};
    if (login == bug_.assignee && !is_nobody(login)) {
      // A root program's people look after some bugs themselves, and only who may edit all bugs can close one as fixed.
      if (closed_as_fixed(login))
        return {Actor::ca, {}, Certainty::likely, "the bug is assigned to it, and it closed the bug as fixed"};
      if (root_program_of(domain).empty()) return {Actor::ca, {}, Certainty::certain, "the bug is assigned to this account"};
      return {Actor::ca, {}, Certainty::likely, "the bug is assigned to it, and it has a domain of a root program's company"};
    }
    if (const auto known = roster_.domains.find(domain); known != roster_.domains.end())
      return {known->second.role, known->second.name, Certainty::likely,
              "the roster says so of its domain, which proves nothing"};
    if (!domain.empty() && domain == domain_of(bug_.assignee) && !is_public_mail(domain) && !is_nobody(bug_.assignee))
      return {
          Actor::ca, {}, Certainty::likely, "it has the domain of the account that the bug is assigned to, which proves nothing"};
    if (first_is_report_ && is_nobody(bug_.assignee)) {
      if (login == bug_.creator) return {Actor::ca, {}, Certainty::likely, "it filed the bug with an incident report"};
      if (!domain.empty() && domain == domain_of(bug_.creator) && !is_public_mail(domain))
        return {Actor::ca, {}, Certainty::likely, "it has the domain of the account that filed the bug with an incident report"};
    }
    if (const std::string_view program = root_program_of(domain); !program.empty())
      return {Actor::root_program, std::string(program), Certainty::likely,
              "it has a domain of " + std::string(program) + "'s company, which proves nothing"};
    return {std::nullopt, {}, Certainty::unknown, "nobody says who it is"};
  }

 private:
  bool closed_as_fixed(const std::string& login) const {
    return std::any_of(bug_.changes.begin(), bug_.changes.end(), [&login](const RecordedChange& change) {
      return change.field == "resolution" && change.added == "FIXED" && change.who == login;
    });
  }
  static bool is_nobody(std::string_view login) { return login.empty() || login.starts_with("nobody@"); }

  const BugRecord& bug_;
  const Roster& roster_;
  bool first_is_report_ = false;
};

// Whether an odd number of quotation marks stands before.
bool is_within_quotes(std::string_view before) { return std::count(before.begin(), before.end(), '"') % 2 == 1; }

// What is asked of everybody: "Why do we even bother?"
bool is_of_us(std::string_view sentence) {
  constexpr std::string_view us[] = {" do we ", " are we ", " have we ", " did we "};
  return contains_any(text::simplified(" " + std::string(sentence)), us);
}

// A question mark at the end of a word, outside what is quoted.
Asking asks(const Source& text) {
  Asking found = Asking::nothing;
  for (const Span line : own_lines(text)) {
    const std::string_view own = line.text();
    for (std::size_t at = own.find('?'); at != std::string_view::npos; at = own.find('?', at + 1)) {
      const char next = at + 1 < own.size() ? own[at + 1] : ' ';
      if (at == 0 || own[at - 1] == ' ' || std::string_view(" \t\r?!\"')*_").find(next) == std::string_view::npos) continue;
      const std::size_t begin = own.find_last_of(".?!", at - 1);
      const std::string_view sentence = own.substr(begin == std::string_view::npos ? 0 : begin + 1, at);
      found = std::max(found, is_within_quotes(own.substr(0, at)) || is_of_us(sentence) ? Asking::perhaps : Asking::surely);
    }
  }
  return found;
}

// "Are there any further comments?": the last call before a bug is closed.
bool is_last_call(std::string_view simple) {
  constexpr std::string_view calls[] = {"any further",       "any other comment", "any other question", "any more comment",
                                        "any more question", "any objection",     "anything else",      "any additional",
                                        "final call",        "last call"};
  return contains_any(simple, calls);
}

// "Please describe the impact."
bool requests(std::string_view simple) {
  constexpr std::string_view asked[] = {"provide",   "describe", "explain", "clarify", "list ",   "share",      "confirm",
                                        "elaborate", "state ",   "say ",    "tell",    "give",    "post ",      "attach",
                                        "answer",    "respond",  "reply",   "inform",  "specify", "let us know"};
  constexpr std::string_view words[] = {"like to understand", "like to know",     "would like to see",
                                        "following question", "questions remain", "want to know",
                                        "follow-up question", "could you",        "request an update"};
  constexpr std::string_view word = "please ";
  for (std::size_t at = simple.find(word); at != std::string_view::npos; at = simple.find(word, at + 1)) {
    const std::string_view rest = simple.substr(at + word.size());
    if (std::any_of(std::begin(asked), std::end(asked), [rest](std::string_view each) { return rest.starts_with(each); }))
      return true;
  }
  return contains_any(simple, words);
}

// "(In reply to Somebody from comment #12)", "comment 12".
struct Mentions {
  std::set<int> replied, mentioned;
};
Mentions mentions_in(std::string_view text) {
  Mentions found;
  const std::string simple = text::simplified(text);
  constexpr std::string_view word = "comment ";
  for (std::size_t at = simple.find(word); at != std::string::npos; at = simple.find(word, at + 1)) {
    std::size_t digits = at + word.size();
    if (digits < simple.size() && simple[digits] == '#') ++digits;
    int number = 0;
    const auto [end, problem] = std::from_chars(simple.data() + digits, simple.data() + simple.size(), number);
    if (problem != std::errc()) continue;
    const std::size_t line = simple.rfind('\n', at) == std::string::npos ? 0 : simple.rfind('\n', at) + 1;
    const std::string_view before = std::string_view(simple).substr(line, at - line);
    // "bug 7 comment 1" is about another bug.
    if (before.ends_with("bug ") ||
        (before.size() > 4 &&
         before.substr(before.size() - std::min<std::size_t>(before.size(), 14)).find("bug ") != std::string_view::npos))
      continue;
    (before.find("in reply to") != std::string_view::npos ? found.replied : found.mentioned).insert(number);
  }
  return found;
}

class Reader {
 public:
  Reader(const BugRecord& bug, const Roster& roster) : bug_(bug), roster_(roster), people_(bug, roster) { reading_.bug = &bug; }

  BugReading read() {
    for (const RecordedComment& each : bug_.comments) read_comment(each);
    for (const ReadComment& each : reading_.comments)
      if (takes_back(text::simplified(own_text(*each.text)))) taken_back_[each.recorded->author] = each.number();
    for (ReadComment& each : reading_.comments) doubt_if_taken_back(each);
    link_answers();
    write_history();
    read_whiteboard();
    for (const std::string& login : logins_) reading_.authors.emplace_back(login, people_.author(login));
    return std::move(reading_);
  }

 private:
  Author author(const std::string& login) {
    logins_.insert(login);
    return people_.author(login);
  }

  // Whose needinfo flags were set or cleared in the same submission, which has the same author and second; one of nobody in
  // particular has no name.
  std::vector<std::string> changed_flags(const RecordedComment& comment, bool set) const {
    constexpr std::string_view flag = "needinfo?";
    std::vector<std::string> whose;
    for (const RecordedChange& change : bug_.changes) {
      if (change.field != needinfo || change.when != comment.time || change.who != comment.author) continue;
      const std::string_view value = set ? change.added : change.removed;
      for (std::size_t at = value.find(flag); at != std::string_view::npos; at = value.find(flag, at + 1)) {
        const std::string_view rest = value.substr(at + flag.size());
        const std::size_t end = rest.find(')');
        whose.emplace_back(rest.starts_with("(") && end != std::string_view::npos ? rest.substr(1, end - 1) : "");
      }
    }
    return whose;
  }
  bool any_may_be_ca(const std::vector<std::string>& logins) const {
    return std::any_of(logins.begin(), logins.end(), [this](const std::string& login) {
      const Author asked = people_.author(login);
      return !asked.role || asked.is(Actor::ca);
    });
  }
  bool asks_the_ccadb(const RecordedComment& comment) const {
    const auto names_it = [](const std::string& text) { return text.find(closing_address) != std::string::npos; };
    return std::any_of(bug_.changes.begin(), bug_.changes.end(), [&](const RecordedChange& change) {
      return change.field == needinfo && change.when == comment.time && change.who == comment.author && names_it(change.added);
    });
  }

  void read_comment(const RecordedComment& recorded) {
    ReadComment comment;
    comment.recorded = &recorded;
    comment.author = author(recorded.author);
    comment.text = std::make_shared<const Source>(
        "bug " + std::to_string(bug_.id) + " comment " + std::to_string(recorded.number), recorded.text);
    comment.asking = asks(*comment.text);
    const std::vector<std::string> asked = changed_flags(recorded, true);
    comment.asks_for_information = any_may_be_ca(asked);
    comment.asks_another = !asked.empty() && !comment.asks_for_information;
    comment.clears_request = any_may_be_ca(changed_flags(recorded, false));
    if (comment.author.may_be_ca()) read_as_ca(comment);
    else read_as_other(comment);
    if (const CommentNote* note = roster_.note(bug_.id, recorded.number); note != nullptr) take_note(*note, comment);
    if (comment.author.is(Actor::ca)) comment.promises = find_promises(*comment.text, recorded.time);
    reading_.comments.push_back(std::move(comment));
  }

  static void take_note(const CommentNote& note, ReadComment& comment) {
    if (note.kind) {
      comment.kind = *note.kind;
      comment.certainty = Certainty::certain;
      comment.because = "the roster says so";
      comment.asking = *note.kind == CommentKind::question ? Asking::surely : Asking::nothing;
    }
    for (const int number : note.to) comment.answers.push_back({number, Certainty::certain, "the roster says so"});
  }

  static void set(ReadComment& comment, CommentKind kind, Certainty certainty, std::string because) {
    comment.kind = kind;
    comment.certainty = certainty;
    comment.because = std::move(because);
  }

  void read_as_ca(ReadComment& comment) {
    if (read_as_report(comment)) return;
    const std::string simple = text::simplified(own_text(*comment.text));
    if (trimmed(simple).empty() && comment.recorded->attachment)
      return set(comment, CommentKind::update, Certainty::likely, "it posts an attachment");
    if (trimmed(simple).empty()) return set(comment, CommentKind::administration, Certainty::certain, "it says nothing");
    if (!comment.author.role && comment.asking != Asking::nothing)
      return set(comment, CommentKind::question, Certainty::likely,
                 "it asks something, and nobody says that its author is the CA's");
    if (!comment.author.is(Actor::ca)) return read_as_other(comment);
    if (asks_for_closure(simple))
      return set(comment, CommentKind::closure_request, Certainty::likely, "it asks in its own words that the bug be closed");
    constexpr std::string_view revoked[] = {"revoked"},
                               rest[] = {"remain", "outstanding", "not yet revoked", "still valid", "left to", "pending", "all "};
    if (bug_.whiteboard.find("revocation") != std::string::npos && contains_any(simple, revoked) && contains_any(simple, rest) &&
        simple.find_first_of("0123456789") != std::string::npos)
      return set(comment, CommentKind::revocation_progress, Certainty::likely, "it counts what is revoked and what remains");
    if (is_acknowledgement(simple))
      return set(comment, CommentKind::acknowledgement, Certainty::likely, "it promises an answer and gives none");
    set(comment, CommentKind::update, Certainty::likely, "it is a post of the CA that follows no template");
  }

  static std::string own_text(const Source& text) {
    std::string own;
    for (const Span line : own_lines(text)) own.append(line.text()).append("\n");
    return own;
  }

  static bool asks_for_closure(std::string_view simple) {
    constexpr std::string_view closed[] = {"be closed", "close this",  "closing this", "closing of this",
                                           "closure",   "as resolved", "be resolved"},
                               asked[] = {"request",  "ask ", "asks ",  "kindly", "grateful",  "please",
                                          "can this", "may ", "can be", "could",  "appreciate"};
    return simple.find("report closure summary") != std::string_view::npos ||
           (contains_any(simple, closed) && contains_any(simple, asked));
  }

  static bool is_acknowledgement(std::string_view simple) {
    constexpr std::size_t longest = 600;
    constexpr std::string_view words[] = {"acknowledge your",
                                          "acknowledge the",
                                          "acknowledge this",
                                          "acknowledge receipt",
                                          "acknowledge comment",
                                          "acknowledged",
                                          "will respond",
                                          "will reply",
                                          "will answer",
                                          "'ll respond",
                                          "'ll reply",
                                          "'ll answer",
                                          "get back to",
                                          "come back to",
                                          "looking into",
                                          "looking at",
                                          "will provide a response",
                                          "will provide an answer",
                                          "reviewing your",
                                          "received your",
                                          "confirm receipt",
                                          "have seen",
                                          "your question",
                                          "good question",
                                          "bear with us",
                                          "putting together",
                                          "have the answer",
                                          "are collecting",
                                          "being collected",
                                          "are evaluating",
                                          "being evaluated",
                                          "are investigating",
                                          "being investigated",
                                          "are reviewing",
                                          "being reviewed",
                                          "are checking",
                                          "being checked",
                                          "are discussing",
                                          "being discussed",
                                          "currently evaluating",
                                          "currently investigating",
                                          "currently reviewing",
                                          "is on it",
                                          "are working on",
                                          "need more time",
                                          "under review",
                                          "takes longer"};
    const std::string_view text = trimmed(simple, " \t\r\n");
    const bool is_a_sentence = text.find('\n') == std::string_view::npos && text.find(". ") == std::string_view::npos;
    constexpr std::string_view later[] = {"will follow", "will share",   "be shared",    "will post",
                                          "be posted",   "will publish", "will provide", "be provided",
                                          "will update", "will upload",  "will send"};
    return (simple.size() < longest && contains_any(simple, words)) || (is_a_sentence && contains_any(simple, later));
  }

  bool read_as_report(ReadComment& comment) {
    constexpr std::size_t shortest = 80;
    if (comment.recorded->text.size() < shortest) return false;
    const std::string& text = comment.recorded->text;
    if (text.find('#') == std::string::npos && text.find("**") == std::string::npos && text.find("1.") == std::string::npos)
      return false;
    Diagnostics unheard;  // whoever lints the comment hears them
    auto report =
        std::make_shared<ReportReading>(read_report(comment.text, {.as_of = comment.recorded->time, .template_id = {}}, unheard));
    if (!report->chosen || report->chosen.edition == nullptr) return false;
    const FormKind form = report->form->kind;
    const CommentKind kind = form == FormKind::preliminary ? CommentKind::preliminary_report
                             : form == FormKind::closure   ? CommentKind::closure_request
                                                           : CommentKind::full_report;
    set(comment, kind, Certainty::certain, "it follows template " + std::string(report->chosen.edition->id));
    if (kind == CommentKind::closure_request && !asks_the_ccadb(*comment.recorded) && bug_.has_history)
      comment.because += "; no needinfo of the CCADB's address was set with it";
    comment.report = std::move(report);
    return true;
  }

  void read_as_other(ReadComment& comment) {
    const std::string own = own_text(*comment.text);
    if (trimmed(own).empty()) return set(comment, CommentKind::administration, Certainty::certain, "it says nothing");
    if (comment.author.is(Actor::other) && comment.author.certainty == Certainty::certain &&
        is_robot(domain_of(comment.recorded->author)))
      return set(comment, CommentKind::administration, Certainty::certain, comment.author.because);
    const std::string simple = text::simplified(own);
    if (comment.asking != Asking::nothing && is_set_aside(*comment.recorded))
      return set(comment, CommentKind::question, Certainty::likely, "it is tagged as nothing that is to be answered");
    if (comment.number() == 0) return set(comment, CommentKind::remark, Certainty::certain, "it is the description of the bug");
    if (const Question asked = question_in(comment, simple); !asked.because.empty())
      return set(comment, CommentKind::question, asked.is_sure ? Certainty::certain : Certainty::likely, asked.because);
    constexpr std::string_view bookkeeping[] = {"next update", "needinfo",     "will close",   "closing this", "to close this",
                                                "setting",     "duplicate of", "be closed on", "final call",   "assigning"};
    constexpr std::size_t longest = 400;
    if (own.size() < longest && contains_any(simple, bookkeeping))
      return set(comment, CommentKind::administration, Certainty::likely, "it speaks of the bug and not of the incident");
    set(comment, CommentKind::remark, Certainty::likely, "it asks nothing");
  }

  struct Question {
    std::string because;  ///< empty: nothing is asked
    bool is_sure = false;
  };
  // Whether somebody who is not the CA asks something. What the CA's own people ask is no question to the CA.
  Question question_in(const ReadComment& comment, std::string_view simple) const {
    const bool is_of_others = !comment.author.may_be_ca();
    if (comment.asks_for_information) return {"a needinfo flag was set with it", is_of_others};
    if (comment.asks_another) return {"the needinfo flag that was set with it asks somebody else than the CA"};
    if (comment.asking == Asking::surely) {
      if (replies_to_others(comment)) return {"it asks somebody else than the CA, to whom it replies"};
      if (is_last_call(simple)) return {"it asks for last words"};
      return {"it asks something", is_of_others};
    }
    if (comment.asking == Asking::perhaps) return {"what it asks is quoted, or asked of everybody"};
    if (requests(simple)) return {"it asks for something, and puts no question"};
    return {};
  }
  bool replies_to_others(const ReadComment& comment) const {
    const std::set<int> replied = mentions_in(comment.recorded->text).replied;
    return !replied.empty() && std::all_of(replied.begin(), replied.end(), [this](int number) {
      const RecordedComment* to = bug_.comment(number);
      if (to == nullptr) return false;
      const Author author = people_.author(to->author);
      return author.role && !author.is(Actor::ca);
    });
  }

  static bool takes_back(std::string_view simple) {
    constexpr std::string_view words[] = {"never mind", "nevermind",     "disregard",    "i withdraw", "withdrawn",
                                          "found it",   "please ignore", "scratch that", "i missed",   "i overlooked"};
    return contains_any(simple, words);
  }

  // "Never mind": whoever asked may take it back, in words or by clearing the flag.
  void doubt_if_taken_back(ReadComment& question) const {
    if (!is_asked(question) || question.certainty != Certainty::certain || is_noted(question)) return;
    const std::string& asker = question.recorded->author;
    const bool by_flag = std::any_of(bug_.changes.begin(), bug_.changes.end(), [&](const RecordedChange& change) {
      return question.asks_for_information && change.field == needinfo && change.who == asker &&
             change.when > question.recorded->time && change.removed.find("needinfo?") != std::string::npos;
    });
    const auto last = taken_back_.find(asker);
    const bool in_words = last != taken_back_.end() && last->second > question.number();
    if (by_flag || in_words)
      set(question, CommentKind::question, Certainty::likely, "whoever asked it seems to have taken it back");
  }
  bool is_noted(const ReadComment& comment) const {
    const CommentNote* note = roster_.note(bug_.id, comment.number());
    return note != nullptr && note->kind;
  }

  // ---- which comment answers which

  bool is_asked(const ReadComment& comment) const { return comment.kind == CommentKind::question; }

  ReadComment* find(int number) {
    for (ReadComment& each : reading_.comments)
      if (each.number() == number) return &each;
    return nullptr;
  }

  void link_answers() {
    for (ReadComment& each : reading_.comments) {
      if (!each.author.may_be_ca() || is_asked(each) || !each.answers.empty()) continue;
      link(each);
      const bool answers_surely = std::any_of(each.answers.begin(), each.answers.end(),
                                              [](const AnswerTo& to) { return to.certainty == Certainty::certain; });
      if (answers_surely && each.kind == CommentKind::update)
        set(each, CommentKind::answer, Certainty::certain, each.answers.front().because);
      else if (!each.answers.empty() && each.kind == CommentKind::update)
        set(each, CommentKind::answer, Certainty::likely, each.answers.front().because);
    }
    guess_answers();
  }

  void link(ReadComment& each) {
    const Mentions mentions = mentions_in(each.recorded->text);
    const auto add = [&](int number, Certainty certainty, const std::string& because) {
      const ReadComment* question = number < each.number() ? find(number) : nullptr;
      const bool is_new =
          std::none_of(each.answers.begin(), each.answers.end(), [number](const AnswerTo& to) { return to.comment == number; });
      if (question != nullptr && is_asked(*question) && is_new) each.answers.push_back({number, certainty, because});
    };
    for (const int number : mentions.replied) add(number, Certainty::certain, "it replies to comment " + std::to_string(number));
    if (each.clears_request) {
      // Which of several flags was cleared, the history does not say.
      std::vector<int> asking;
      for (const ReadComment& other : reading_.comments)
        if (other.number() < each.number() && is_asked(other) && other.asks_for_information) asking.push_back(other.number());
      const bool is_the_only_one = asking.size() == 1;
      for (const int number : asking)
        add(number, is_the_only_one ? Certainty::certain : Certainty::likely,
            is_the_only_one ? "the needinfo flag of comment " + std::to_string(number) + " was cleared with it"
                            : "one of several needinfo flags was cleared with it");
    }
    for (const int number : mentions.mentioned) add(number, Certainty::likely, "it mentions comment " + std::to_string(number));
  }

  // A question that nothing is linked to may be answered by the first post of the CA that is linked to nothing.
  void guess_answers() {
    for (const ReadComment& question : reading_.comments) {
      if (!is_asked(question)) continue;
      for (ReadComment& each : reading_.comments) {
        if (each.number() <= question.number() || !each.author.may_be_ca() || is_asked(each)) continue;
        const bool to_this = std::any_of(each.answers.begin(), each.answers.end(),
                                         [&](const AnswerTo& to) { return to.comment == question.number(); });
        if (to_this) break;
        if (each.kind == CommentKind::administration) continue;
        if (answers_later_question_of(question.recorded->author, question.number(), each)) {
          each.answers.push_back(
              {question.number(), Certainty::guess,
               "it answers a later question of whoever asked in comment " + std::to_string(question.number())});
          break;
        }
        if (is_linked(each)) continue;
        each.answers.push_back({question.number(), Certainty::guess,
                                "it comes after comment " + std::to_string(question.number()) + " and names no other"});
        if (each.number() == question.number() + 1 && each.kind == CommentKind::update)
          set(each, CommentKind::answer, Certainty::guess, each.answers.back().because);
        break;
      }
    }
  }
  bool answers_later_question_of(const std::string& asker, int question, const ReadComment& comment) const {
    return std::any_of(comment.answers.begin(), comment.answers.end(), [&](const AnswerTo& to) {
      const RecordedComment* answered = bug_.comment(to.comment);
      return to.comment > question && answered != nullptr && answered->author == asker;
    });
  }
  static bool is_linked(const ReadComment& comment) {
    return std::any_of(comment.answers.begin(), comment.answers.end(),
                       [](const AnswerTo& to) { return to.certainty != Certainty::guess; });
  }

  // ---- the history

  void write_history() {
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> lines;
    for (const RecordedChange& change : bug_.changes) {
      const std::size_t begin = text.size();
      text += rfc3339(change.when) + " " + change.who + " " + change.field + ": " + one_line(change.removed) + " -> " +
              one_line(change.added);
      lines.emplace_back(begin, text.size());
      text += "\n";
    }
    reading_.history = std::make_shared<const Source>("bug " + std::to_string(bug_.id) + " history", std::move(text));
    for (const auto& [begin, end] : lines)
      reading_.changes.push_back({reading_.history.get(), static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }
  static std::string one_line(const std::string& value) {
    std::string line = value.empty() ? "(nothing)" : value;
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
  }

  // "[ca-compliance] Next update 2026-12-15": what stands behind the words.
  static std::string next_update_in(const std::string& whiteboard) {
    constexpr std::string_view words = "next update";
    const auto found = std::search(whiteboard.begin(), whiteboard.end(), words.begin(), words.end(), [](char c, char word) {
      return c == word || (c >= 'A' && c <= 'Z' && c - 'A' + 'a' == word);
    });
    if (found == whiteboard.end()) return {};
    const auto at = static_cast<std::size_t>(found - whiteboard.begin());
    std::string_view date = trimmed(std::string_view(whiteboard).substr(at + words.size()), " :-");
    date = date.substr(0, std::min(date.find('['), date.size()));
    for (const std::string_view word : {"at ", "by ", "on "})
      if (date.starts_with(word)) date.remove_prefix(word.size());
    return std::string(trimmed(date));
  }

  void read_whiteboard() {
    std::string before = bug_.whiteboard;  // as it was when the bug was filed
    for (auto change = bug_.changes.rbegin(); change != bug_.changes.rend(); ++change)
      if (change->field == "whiteboard") before = change->removed;
    std::string standing;
    if (bug_.has_history || !next_update_in(bug_.whiteboard).empty()) standing = next_update_in(before);
    if (!standing.empty() && bug_.has_history) add_next_update(standing, bug_.created, bug_.creator, {});
    else if (!standing.empty()) add_unexplained(standing);
    for (std::size_t i = 0; i < bug_.changes.size(); ++i) {
      const RecordedChange& change = bug_.changes[i];
      if (change.field != "whiteboard") continue;
      const std::string now = next_update_in(change.added);
      if (now == standing) continue;
      if (now.empty() && !reading_.next_updates.empty()) reading_.next_updates.back().taken_out = change.when;
      if (!now.empty()) add_next_update(now, change.when, change.who, reading_.changes[i]);
      standing = now;
    }
  }

  void add_next_update(const std::string& text, Instant when, const std::string& who, Span span) {
    NextUpdate& update = reading_.next_updates.emplace_back();
    update.set = when;
    update.login = who;
    update.by = author(who);
    update.text = "Next update " + text;
    update.span = span;
    const StampResult date = read_stamp(text, {});
    if (date) update.date = *date.stamp;
    else update.problem = date.error.message;
  }

  // Without the history nobody knows who set it and when.
  void add_unexplained(const std::string& text) {
    add_next_update(text, bug_.last_change, {}, {});
    reading_.next_updates.back().by = {std::nullopt, {}, Certainty::unknown, "the history that says who set it was not saved"};
  }

  const BugRecord& bug_;
  const Roster& roster_;
  People people_;
  BugReading reading_;
  std::set<std::string> logins_;
  std::map<std::string, int, std::less<>> taken_back_;  // the last comment of each login that takes something back
};

}  // namespace

Author BugReading::author(const std::string& login) const {
  for (const auto& [known, author] : authors)
    if (known == login) return author;
  return {};
}

const ReadComment* BugReading::comment(int number) const {
  for (const ReadComment& each : comments)
    if (each.number() == number) return &each;
  return nullptr;
}

const ReadComment* BugReading::latest_report(CommentKind kind) const {
  const ReadComment* latest = nullptr;
  for (const ReadComment& each : comments)
    if (each.kind == kind && each.report && each.author.is(Actor::ca)) latest = &each;
  return latest;
}

BugReading read_bug(const BugRecord& bug, const Roster& roster) { return Reader(bug, roster).read(); }

}  // namespace cita
