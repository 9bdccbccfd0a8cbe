// The CRLReason in the CRL is the one that the document maps the reason to revoke to (TLS BR 4.9.1.1, since 1.8.7).
#include <cita/rules/rules.hpp>

#include <algorithm>

namespace cita {

namespace {

const EventKind revocations[] = {EventKind::revocation, EventKind::revocation_published};

class CrlReasonRule final : public Rule {
 public:
  std::string_view name() const override { return "crl-reason"; }

  bool raised(const Duty& duty, const Pack& pack, Scene& scene, const Subject& subject) const override {
    return expected(duty, pack, subject) != nullptr && stated(scene, subject).has_value();
  }

  void judge(const Duty& duty, const Pack& pack, Scene& scene, Verdict& verdict) const override {
    const Told told = *stated(scene, verdict.subject);
    const Reason& reason = *expected(duty, pack, verdict.subject);
    verdict.trigger = End{told, "revocation"};
    for (const Edition& edition : duty.editions)
      if (edition.in_force.contains(told.moment) == Truth::yes) verdict.edition = &edition;
    verdict.version = pack.version_at(told.moment.earliest());
    if (verdict.edition == nullptr) {
      verdict.applicability = Applicability::not_in_force;
      verdict.applicability_because = "no CRLReason was required then";
      return;
    }
    const CrlReason listed = *scene.incident().events[static_cast<std::size_t>(told.event)].reason;
    verdict.discharge = End{told, "CRLReason " + std::string(name_of(listed))};
    verdict.standing = listed == *reason.crl_reason ? Standing::met : Standing::breached;
    verdict.because = "the reason '" + std::string(reason.key) + "' requires " + required(*reason.crl_reason) + "; the revocation has " + std::string(name_of(listed));
    verdict.would_have_met = required(*reason.crl_reason);
  }

 private:
  static std::string required(CrlReason reason) {
    return reason == CrlReason::unspecified ? "no reasonCode extension" : "CRLReason " + std::string(name_of(reason));
  }

  static const Reason* expected(const Duty& duty, const Pack& pack, const Subject& subject) {
    const ReasonTable* table = pack.reason_table(duty.reason_table);
    const Reason* reason = table == nullptr || subject.ground == nullptr ? nullptr : table->find(subject.ground->reason);
    return reason != nullptr && reason->crl_reason ? reason : nullptr;
  }

  // The first revocation whose CRLReason somebody tells.
  static std::optional<Told> stated(Scene& scene, const Subject& subject) {
    for (const Told& told : scene.occurrences(revocations, subject))
      if (scene.incident().events[static_cast<std::size_t>(told.event)].reason) return told;
    return std::nullopt;
  }
};

}  // namespace

const Rule& crl_reason() {
  static const CrlReasonRule instance;
  return instance;
}

}  // namespace cita
