// One more event at the end of an incident file, as text: every byte that is there stays.
//
//   NewEvent event{{{"at", {"2026-05-04T08:10:31Z"}}, {"kind", {"update"}}}, "4711"};
//   auto text = append_event(source, event, problem);
//
// It is written the way the list above it is: as `{…}` or as a block, with its indentation and line ends. What comes out is
// parsed again and is the old file plus exactly this event, or nothing comes out.
#pragma once

#include <cita/base/source.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita {

/// What is to be written, in this order. Values are texts as they are meant; they are quoted where YAML needs it.
struct NewEvent {
  struct Field {
    std::string key;
    std::vector<std::string> values;  ///< one, or a list
    std::string under;                ///< "told: {UNDER: VALUE}" instead of "told: VALUE"
  };
  std::vector<Field> fields;
  std::string in_case;  ///< empty: of no case
};

/// The new text of the file. Nothing, and `problem` says why and what to do, where the event cannot be added safely.
std::optional<std::string> append_event(const std::shared_ptr<const Source>& source, const NewEvent& event, std::string& problem);

}  // namespace cita
