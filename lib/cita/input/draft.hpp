// What the parts of the incident file's reader share while the file is being read.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/model/incident.hpp>
#include <cita/yaml/document.hpp>

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cita::input {

/// A mention of an event by its id or kind. It may be told further down, so it is looked up when all events are known;
/// until then Relative::after, Relative::before and Event::withdraws hold the index of the mention, not of the event.
struct Mention {
  std::string_view name;
  Span span;
};

/// `alleges` at an event: a ground of the event's case.
struct Allegation {
  int event = none;
  yaml::Node reasons;
};

/// Names of one sort ("case", "account") and the indices that they stand for.
class Names {
 public:
  explicit Names(std::string_view sort) : sort_(sort) {}

  /// Adds a name; reports one that is already taken.
  bool add(std::string_view name, Span span, Diagnostics& diagnostics);
  /// The index of a name, or `none`.
  int find(std::string_view name) const;
  /// As above; reports a name that is not known.
  int require(yaml::Node node, Diagnostics& diagnostics) const;
  /// Reports that a name is not known, with what it could have meant.
  void report_unknown(std::string_view name, Span span, Diagnostics& diagnostics) const;
  /// The nearest of the names, or empty.
  std::string_view near(std::string_view name) const;
  int size() const { return static_cast<int>(order_.size()); }

 private:
  struct Entry {
    int index;
    Span span;
  };
  std::span<const std::string_view> comparable() const;

  std::string_view sort_;
  std::unordered_map<std::string_view, Entry> entries_;
  std::vector<std::string_view> order_;  // for suggestions
};

/// An incident in the making. The names are views into the document.
struct Draft {
  Draft(Incident& made, Diagnostics& reported) : incident(made), diagnostics(reported) {}

  Incident& incident;
  Diagnostics& diagnostics;

  Names accounts{"account"}, cases{"case"}, cohorts{"cohort"};
  Names questions{"question"}, action_items{"action item"}, commitments{"commitment"};
  Names events{"event id"};
  bool cases_are_listed = false;  ///< whether the file has `cases`; if not, events name the cases

  std::vector<int> event_of_id;  ///< the event of each name in `events`
  std::vector<Mention> mentions;
  std::vector<Allegation> allegations;
  std::unordered_map<std::string_view, Span> certificates_of_cohorts;
  std::vector<bool> zone_was_missed;  ///< by account: one complaint about a missing zone is enough

  int mention(std::string_view name, Span span) {
    mentions.push_back({name, span});
    return static_cast<int>(mentions.size() - 1);
  }
  /// The case that an event names. A file without `cases` names its cases by mentioning them.
  int case_named(yaml::Node node);
};

/// What an event inherits from the place where it is told.
struct Place {
  int in_case = none;
  int cohort = none;
};

}  // namespace cita::input
