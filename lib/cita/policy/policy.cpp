#include <cita/base/text.hpp>
#include <cita/policy/policy.hpp>

#include <array>

namespace cita {

namespace {

constexpr std::string_view level_names[] = {
    "MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "must (lower case)", "should (lower case)", "expectation", "commitment"};
constexpr std::string_view level_words[] = {"must",    "must_not",  "should",      "should_not", "may",
                                            "lc_must", "lc_should", "expectation", "commitment"};
constexpr std::string_view pattern_words[] = {"respond", "recur", "by-date", "precede", "contain", "agree"};
constexpr std::string_view per_words[] = {"incident",    "problem-report", "certificates", "question",
                                          "action-item", "commitment",     "event"};
constexpr std::string_view selector_words[] = {"trigger", "posting", "issuance", "revocation", "cycle"};
constexpr std::string_view confidence_words[] = {"high", "medium", "low", "background"};
constexpr std::string_view attribute_words[] = {"certificates", "certificate-kind", "disclosure", "whiteboard"};
constexpr std::string_view effect_words[] = {"nothing-else", "drops-withdrawn", "counts-third-party-posts"};
constexpr std::string_view whiteboard_tags[] = {"revocation-delay"};

template <class Enumeration, std::size_t n>
std::string_view at(const std::string_view (&words)[n], Enumeration value) {
  return words[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view name(RequirementLevel level) { return at(level_names, level); }
std::string_view name(Pattern pattern) { return at(pattern_words, pattern); }
std::string_view name(Per per) { return at(per_words, per); }
std::string_view name(EditionSelector selector) { return at(selector_words, selector); }
std::string_view name(Confidence confidence) { return at(confidence_words, confidence); }
std::string_view name(Attribute attribute) { return at(attribute_words, attribute); }

std::span<const std::string_view> level_keys() { return level_words; }
std::span<const std::string_view> pattern_keys() { return pattern_words; }
std::span<const std::string_view> per_keys() { return per_words; }
std::span<const std::string_view> edition_selector_keys() { return selector_words; }
std::span<const std::string_view> confidence_keys() { return confidence_words; }
std::span<const std::string_view> attribute_keys() { return attribute_words; }
std::span<const std::string_view> option_effect_keys() { return effect_words; }

std::span<const std::string_view> attribute_values(Attribute attribute) {
  switch (attribute) {
    case Attribute::certificates: return names<CertificateUse>();
    case Attribute::certificate_kind: return names<CertificateKind>();
    case Attribute::disclosure: return names<DisclosureSource>();
    case Attribute::whiteboard: return whiteboard_tags;
  }
  return {};
}

bool is_same_program(std::string_view a, std::string_view b) { return text::simplified(a) == text::simplified(b); }
bool is_weak(Confidence confidence) { return confidence == Confidence::low || confidence == Confidence::background; }
bool is_must(RequirementLevel level) { return level == RequirementLevel::must || level == RequirementLevel::must_not; }

bool is_expected(RequirementLevel level) {
  return level == RequirementLevel::lc_must || level == RequirementLevel::expectation || level == RequirementLevel::commitment;
}

namespace {
constexpr std::string_view profile_names[] = {"author", "reviewer", "auditor"};
}  // namespace

std::string_view name(Profile profile) { return profile_names[static_cast<std::size_t>(profile)]; }

std::optional<Profile> profile_called(std::string_view name) {
  const auto* found = std::find(std::begin(profile_names), std::end(profile_names), name);
  if (found == std::end(profile_names)) return std::nullopt;
  return static_cast<Profile>(found - std::begin(profile_names));
}

const ReadingOption& Reading::default_option() const {
  for (const ReadingOption& option : options)
    if (option.is_default) return option;
  return options.front();
}

const ReadingOption& Reading::option_for(Profile profile) const {
  for (const ReadingOption& option : options)
    if (profile == Profile::reviewer && option.is_reviewers) return option;
  return default_option();
}

const Reason* ReasonTable::find(std::string_view key) const {
  for (const Reason& reason : reasons)
    if (reason.key == key) return &reason;
  return nullptr;
}

const DocumentVersion* Pack::version_at(Instant instant) const {
  const DocumentVersion* found = nullptr;
  for (const DocumentVersion& each : versions)
    if (each.in_force <= instant) found = &each;
  return found;
}

const Reading* Pack::reading(std::string_view wanted) const {
  for (const Reading& each : readings)
    if (each.id == wanted) return &each;
  return nullptr;
}

const ReasonTable* Pack::reason_table(std::string_view wanted) const {
  for (const ReasonTable& each : reason_tables)
    if (each.id == wanted) return &each;
  return nullptr;
}

}  // namespace cita
