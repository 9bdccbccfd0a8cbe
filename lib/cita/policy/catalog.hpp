// All packs there are: those compiled in, and those a user adds.
//
//   const Catalog catalog = Catalog::built_in();
//   const Duty* duty = catalog.duty("tls-br.preliminary-report-within-24-hours");
#pragma once

#include <cita/policy/policy.hpp>

#include <vector>

namespace cita {

/// The packs of lib/packs, drafts too, as tables made at build time, in the order of their ids.
std::span<const Pack> built_in_packs();
/// SHA-256 of the digests of all of them, a line each, in the order of their ids; lower-case hex.
std::string_view digest_of_built_in_packs();

class Catalog {
 public:
  /// The built-in packs that are in force. A draft is added by name.
  static Catalog built_in();

  /// Adds a pack whose storage lives at least as long as this catalog.
  void add(const Pack& pack) { packs_.push_back(&pack); }

  const std::vector<const Pack*>& packs() const { return packs_; }
  const Pack* pack(std::string_view id) const;
  const Duty* duty(std::string_view id) const;
  const Pack* pack_of(const Duty& duty) const;
  /// All duty ids, in the order of packs and duties.
  std::vector<std::string_view> duty_ids() const;
  /// The root programs that some pack binds CAs for, once each.
  std::vector<std::string_view> programs() const;

 private:
  std::vector<const Pack*> packs_;
};

}  // namespace cita
