// Judges a duty for a subject under one view.
//
//   for (const Subject& subject : engine.subjects(duty))
//     if (auto verdict = engine.judge(duty, subject, view)) …
//
// It knows the six patterns and nothing of any document: limits, dates, levels and reasons come from the packs.
#pragma once

#include <cita/policy/catalog.hpp>
#include <cita/rules/rule.hpp>
#include <cita/rules/verdict.hpp>

#include <list>

namespace cita {

/// A verdict and what was looked at for it. Under an account that shows nothing else of it the verdict is the same as when
/// nobody in particular is believed.
struct Judged {
  std::optional<Verdict> verdict;  ///< nothing when the duty is not raised
  Consulted consulted;
};

/// One thread's: it remembers what it looked up.
class Engine {
 public:
  /// `rules` are C++ rules beside the built-in ones; they and the other arguments outlive the engine.
  Engine(const Incident& incident, const Catalog& catalog, Instant as_of, std::vector<const Rule*> rules = {},
         Profile profile = Profile::author)
      : incident_(incident),
        catalog_(catalog),
        as_of_(as_of),
        rules_(std::move(rules)),
        profile_(profile),
        recollection_(incident) {}

  const Incident& incident() const { return incident_; }
  const Catalog& catalog() const { return catalog_; }
  Instant as_of() const { return as_of_; }
  Profile profile() const { return profile_; }

  /// What a duty is to be judged for, once each.
  std::vector<Subject> subjects(const Duty& duty, const Pack& pack) const;
  /// Whether anything in the file can raise a duty for a subject; when not, there is nothing to judge under any view.
  bool may_raise(const Duty& duty, const Subject& subject) const;
  /// Judges it. A rule that throws becomes an undetermined verdict that says so.
  Judged judge(const Duty& duty, const Pack& pack, const Subject& subject, const View& view) const;
  /// The same for a duty whose miss starts another, which is asked for again and again; `depth` is how many of these
  /// there are.
  const Judged& judge_for_miss(const Duty& duty, const Pack& pack, const Subject& subject, const View& view, int depth) const;

 private:
  Judged judge(const Duty& duty, const Pack& pack, const Subject& subject, const View& view, int depth) const;
  std::optional<Verdict> judge(const Duty& duty, const Pack& pack, const Subject& subject, Scene& scene, int depth) const;
  const Rule* rule(std::string_view name) const;

  const Incident& incident_;
  const Catalog& catalog_;
  Instant as_of_;
  std::vector<const Rule*> rules_;
  Profile profile_;
  mutable Recollection recollection_;

  struct Known {
    const Duty* duty;
    Subject subject;
    View view;
    int depth;
    Judged judged;
  };
  mutable std::list<Known> known_;  // what was judged for a miss
};

/// Whether a condition holds for a subject; unknown where the file does not say.
Truth holds(const Condition& condition, const Incident& incident, const Subject& subject);

}  // namespace cita
