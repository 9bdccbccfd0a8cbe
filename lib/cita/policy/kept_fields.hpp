// What readers of packs and of templates have in common: texts and lists that live as long as the file that they stand in.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/policy/pack_file.hpp>
#include <cita/yaml/fields.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cita {

/// A reader derives from it with itself, so that its own functions read the entries of lists.
template <class Reader>
class KeptFields {
 protected:
  KeptFields(PackStorage& storage, Diagnostics& diagnostics) : storage_(storage), diagnostics_(diagnostics) {}

  std::string_view text(yaml::Fields& fields, std::string_view key, std::string_view help) {
    return storage_.keep(fields.required_text(key, help));
  }
  std::string_view optional_text(yaml::Fields& fields, std::string_view key) {
    std::string value = fields.text(key);
    while (!value.empty() && value.back() == '\n') value.pop_back();
    return value.empty() ? std::string_view() : storage_.keep(std::move(value));
  }

  template <class T>
  std::span<const T> each(yaml::Node list, T (Reader::*read_one)(yaml::Node)) {
    if (!list) return {};
    if (!list.is_sequence()) {
      diagnostics_.error("wrong-type", list.span(), "this has to be a list", "start each entry with '- '");
      return {};
    }
    std::vector<T> values;
    values.reserve(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) values.push_back((static_cast<Reader&>(*this).*read_one)(list.item(i)));
    return storage_.keep(std::move(values));
  }

  PackStorage& storage_;
  Diagnostics& diagnostics_;
};

}  // namespace cita
