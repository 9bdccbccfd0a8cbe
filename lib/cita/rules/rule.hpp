// A rule written in C++, for what the six patterns cannot say. A pack's duty names it (`rule: crl-reason`); limits, dates,
// levels and reasons stay in the pack. One file in rules/builtin and one line in rules.def.
//
//   class Example : public Rule {
//     std::string_view name() const override { return "example"; }
//     void judge(const Duty& duty, const Pack& pack, Scene& scene, Verdict& verdict) const override { … }
//   };
#pragma once

#include <cita/rules/verdict.hpp>

namespace cita {

class Rule {
 public:
  Rule() = default;
  Rule(const Rule&) = delete;
  Rule& operator=(const Rule&) = delete;
  virtual ~Rule() = default;

  /// As packs name it.
  virtual std::string_view name() const = 0;
  /// Whether there is anything to judge for this subject.
  virtual bool raised(const Duty& duty, const Pack& pack, Scene& scene, const Subject& subject) const = 0;
  /// Fills in edition, standing and evidence of a verdict whose duty, pack and subject are set.
  virtual void judge(const Duty& duty, const Pack& pack, Scene& scene, Verdict& verdict) const = 0;
};

/// The built-in rule that packs call `name`; nothing when there is none.
const Rule* built_in_rule(std::string_view name);

}  // namespace cita
