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

namespace cita {

/// A verdict and the events that were looked at for it.
struct Judged {
  std::optional<Verdict> verdict;  ///< nothing when the duty is not raised
  EventSet consulted;
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
  /// Judges it. A rule that throws becomes an undetermined verdict that says so.
  Judged judge(const Duty& duty, const Pack& pack, const Subject& subject, const View& view) const;
  /// Judges it within a scene, for a duty that the miss of this one starts; `depth` is how many of these there are.
  std::optional<Verdict> judge(const Duty& duty, const Pack& pack, const Subject& subject, Scene& scene, int depth) const;

 private:
  const Rule* rule(std::string_view name) const;

  const Incident& incident_;
  const Catalog& catalog_;
  Instant as_of_;
  std::vector<const Rule*> rules_;
  Profile profile_;
  mutable Recollection recollection_;
};

/// Whether a condition holds for a subject; unknown where the file does not say.
Truth holds(const Condition& condition, const Incident& incident, const Subject& subject);

}  // namespace cita
