#include <cita/base/text.hpp>
#include <cita/reconcile/changes.hpp>
#include <cita/time/format.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace cita {

namespace {

constexpr std::array<std::string_view, 7> kind_names = {"time", "added", "removed", "number", "due", "status", "text"};

std::string normal(std::string_view text) {
  std::string out;
  for (const char c : text::simplified(text))
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  while (out.ends_with(' ') || out.ends_with('.')) out.pop_back();
  return out;
}

const Stamp* stamp_of(const Event& event) {
  return event.tellings.empty() || event.tellings.front().at.stamp.text.empty() ? nullptr : &event.tellings.front().at.stamp;
}

std::string time_of(const Event& event) {
  const Stamp* stamp = stamp_of(event);
  return stamp == nullptr ? std::string() : show(stamp->moment);
}

std::string describe(const Event& event) {
  const std::string text = event.text.empty() ? std::string(description(event.kind)) : event.text;
  constexpr std::size_t longest = 100;
  return event.kind == EventKind::other ? text.substr(0, longest)
                                        : fmt::format("{}: {}", name(event.kind), text.substr(0, longest));
}

// Pairs of equal things, first by the surest likeness.
class Pairs {
 public:
  Pairs(std::size_t olds, std::size_t news) : of_new_(news, none), taken_(olds, false) {}

  template <class Alike>
  void match(Alike alike) {
    for (std::size_t n = 0; n < of_new_.size(); ++n)
      for (std::size_t o = 0; o < taken_.size() && of_new_[n] == none; ++o)
        if (!taken_[o] && alike(o, n)) of_new_[n] = static_cast<int>(o), taken_[o] = true;
  }
  int old_of(std::size_t n) const { return of_new_[n]; }
  bool is_gone(std::size_t o) const { return !taken_[o]; }

 private:
  std::vector<int> of_new_;
  std::vector<bool> taken_;
};

class Comparison {
 public:
  Comparison(const Incident& before, const Incident& after) : before_(before), after_(after) {
    if (after.source) text_ = text::simplified(after.source->text());
  }

  std::vector<Change> compare() {
    events();
    items();
    numbers();
    fields();
    return std::move(changes_);
  }

 private:
  Change& add(ChangeKind kind, std::string what, std::string before, std::string after, Span old_place, Span new_place) {
    return changes_.emplace_back(
        Change{kind, std::move(what), std::move(before), std::move(after), old_place, new_place, false, false, {}});
  }

  // A word inside the name of a kind of event (impact-found-wrong) tells that something was wrong, and not why.
  static bool says(std::string_view around, std::string_view word) {
    for (std::size_t at = around.find(word); at != std::string_view::npos; at = around.find(word, at + 1))
      if (at == 0 || around[at - 1] != '-') return true;
    return false;
  }

  // The new text names the old value near a word of correction, or tells of a correction.
  void ask_for_explanation(Change& change, std::string_view old_text) {
    constexpr std::array<std::string_view, 9> words = {"correct",   "previously", "originally",  "earlier version", "initially",
                                                       "erroneous", "wrong",      "was changed", "instead of"};
    change.owes_explanation = true;
    constexpr std::size_t reach = 200;
    const std::string wanted = text::simplified(old_text);
    for (std::size_t at = wanted.empty() ? std::string::npos : text_.find(wanted); at != std::string::npos;
         at = text_.find(wanted, at + 1)) {
      const std::size_t begin = at > reach ? at - reach : 0;
      const std::string_view around = std::string_view(text_).substr(begin, 2 * reach + wanted.size());
      for (const std::string_view word : words)
        if (says(around, word)) {
          change.explained = true;
          change.explained_where = fmt::format("'{}' stands near '{}'", word, wanted);
          return;
        }
    }
  }

  void events() {
    const auto& olds = before_.events;
    const auto& news = after_.events;
    Pairs pairs(olds.size(), news.size());
    const auto same_case = [&](const Event& o, const Event& n) { return (o.in_case == none) == (n.in_case == none); };
    const auto time_text = [](const Event& event) { return stamp_of(event) == nullptr ? std::string() : stamp_of(event)->text; };
    pairs.match([&](std::size_t o, std::size_t n) {
      return normal(olds[o].text) == normal(news[n].text) && olds[o].kind == news[n].kind &&
             time_text(olds[o]) == time_text(news[n]);
    });
    pairs.match([&](std::size_t o, std::size_t n) {
      return !olds[o].text.empty() && normal(olds[o].text) == normal(news[n].text) && same_case(olds[o], news[n]);
    });
    pairs.match([&](std::size_t o, std::size_t n) { return olds[o].id == news[n].id && olds[o].kind == news[n].kind; });
    pairs.match([&](std::size_t o, std::size_t n) {
      return olds[o].kind == news[n].kind && olds[o].kind != EventKind::other && same_case(olds[o], news[n]);
    });
    for (std::size_t n = 0; n < news.size(); ++n) {
      if (pairs.old_of(n) == none) {
        add(ChangeKind::added, describe(news[n]), {}, time_of(news[n]), {}, news[n].span);
        continue;
      }
      const Event& old = olds[static_cast<std::size_t>(pairs.old_of(n))];
      const Stamp* was = stamp_of(old);
      const Stamp* is = stamp_of(news[n]);
      const bool moved =
          (was == nullptr) != (is == nullptr) ||
          (was != nullptr && !(was->moment.earliest() == is->moment.earliest() && was->moment.latest() == is->moment.latest()));
      if (!moved) continue;
      Change& change = add(ChangeKind::time, describe(news[n]), time_of(old), time_of(news[n]), old.span, news[n].span);
      if (was != nullptr) ask_for_explanation(change, was->text);
    }
    for (std::size_t o = 0; o < olds.size(); ++o)
      if (pairs.is_gone(o)) {
        Change& change = add(ChangeKind::removed, describe(olds[o]), time_of(olds[o]), {}, olds[o].span, {});
        ask_for_explanation(change, time_text(olds[o]));
      }
  }

  void items() {
    const auto& olds = before_.action_items;
    const auto& news = after_.action_items;
    Pairs pairs(olds.size(), news.size());
    pairs.match([&](std::size_t o, std::size_t n) { return normal(olds[o].text) == normal(news[n].text); });
    for (std::size_t n = 0; n < news.size(); ++n) {
      const std::string what = "action item: " + news[n].text;
      if (pairs.old_of(n) == none) {
        add(ChangeKind::added, what, {}, news[n].due ? news[n].due->stamp.text : std::string(), {}, news[n].span);
        continue;
      }
      const ActionItem& old = olds[static_cast<std::size_t>(pairs.old_of(n))];
      if (normal(old.status) != normal(news[n].status))
        add(ChangeKind::status, what, old.status, news[n].status, old.span, news[n].span);
      const std::string was = old.due ? show(old.due->stamp.moment) : std::string(),
                        is = news[n].due ? show(news[n].due->stamp.moment) : std::string();
      if (was == is) continue;
      Change& change = add(ChangeKind::due, what, was, is, old.span, news[n].span);
      if (old.due) ask_for_explanation(change, old.due->stamp.text);
    }
    for (std::size_t o = 0; o < olds.size(); ++o)
      if (pairs.is_gone(o)) {
        Change& change = add(ChangeKind::removed, "action item: " + olds[o].text, olds[o].status, {}, olds[o].span, {});
        ask_for_explanation(change, olds[o].text);
      }
  }

  void number(std::string what, std::optional<std::int64_t> was, std::optional<std::int64_t> is) {
    if (was == is) return;
    const auto shown = [](std::optional<std::int64_t> value) { return value ? fmt::to_string(*value) : std::string(); };
    Change& change = add(ChangeKind::number, std::move(what), shown(was), shown(is), {}, {});
    if (was) ask_for_explanation(change, shown(was));
  }

  void numbers() {
    number("total number of certificates", before_.report.total_certificates, after_.report.total_certificates);
    number("remaining valid certificates", before_.report.remaining_valid, after_.report.remaining_valid);
  }

  void field(std::string what, const std::string& was, const std::string& is) {
    if (normal(was) != normal(is)) add(ChangeKind::text, std::move(what), was, is, {}, {});
  }

  void fields() {
    const ReportFields& was = before_.report;
    const ReportFields& is = after_.report;
    field("incident description", was.summary, is.summary);
    field("relevant policies", was.relevant_policies, is.relevant_policies);
    field("affected certificate types", was.certificate_types, is.certificate_types);
    field("incident heuristic", was.heuristic, is.heuristic);
    field("analysis of the delay", was.delay_analysis, is.delay_analysis);
    field("additional considerations", was.additional_considerations, is.additional_considerations);
    if (was.issuance_stopped != is.issuance_stopped)
      field("whether issuance was stopped", was.issuance_stopped.value_or(false) ? "yes" : "no",
            is.issuance_stopped.value_or(false) ? "yes" : "no");
  }

  const Incident& before_;
  const Incident& after_;
  std::string text_;
  std::vector<Change> changes_;
};

}  // namespace

std::string_view name(ChangeKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::vector<Change> changes_between(const Incident& before, const Incident& after) { return Comparison(before, after).compare(); }

std::vector<CopiedItem> copied_items(const Incident& incident, const Incident& other) {
  std::vector<CopiedItem> copied;
  for (const ActionItem& each : incident.action_items) {
    const auto same = [&each](const ActionItem& item) { return normal(item.text) == normal(each.text); };
    if (std::any_of(other.action_items.begin(), other.action_items.end(), same)) copied.push_back({each.text, each.span});
  }
  return copied;
}

}  // namespace cita
