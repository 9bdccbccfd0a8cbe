#include <cita/policy/catalog.hpp>

#include <algorithm>

namespace cita {

Catalog Catalog::built_in() {
  Catalog catalog;
  for (const Pack& pack : built_in_packs())
    if (!pack.draft) catalog.add(pack);
  return catalog;
}

const Pack* Catalog::pack(std::string_view id) const {
  for (const Pack* each : packs_)
    if (each->id == id) return each;
  return nullptr;
}

const Duty* Catalog::duty(std::string_view id) const {
  for (const Pack* each : packs_)
    for (const Duty& duty : each->duties)
      if (duty.id == id) return &duty;
  return nullptr;
}

const Pack* Catalog::pack_of(const Duty& duty) const {
  for (const Pack* each : packs_)
    if (!each->duties.empty() && &duty >= each->duties.data() && &duty < each->duties.data() + each->duties.size()) return each;
  return nullptr;
}

std::vector<std::string_view> Catalog::duty_ids() const {
  std::vector<std::string_view> ids;
  for (const Pack* each : packs_)
    for (const Duty& duty : each->duties) ids.push_back(duty.id);
  return ids;
}

std::vector<std::string_view> Catalog::programs() const {
  std::vector<std::string_view> names;
  for (const Pack* each : packs_)
    for (const Binding& binding : each->bindings)
      if (std::find(names.begin(), names.end(), binding.program) == names.end()) names.push_back(binding.program);
  return names;
}

}  // namespace cita
