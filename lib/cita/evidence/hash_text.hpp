// What a field or a line of a list says where the SHA-256 hash of a certificate belongs: digits, with or without colons, or a
// link to crt.sh that names a certificate by its hash.
#pragma once

#include <cita/evidence/digest.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace cita::evidence {

struct HashText {
  std::optional<Digest> digest;  ///< what the text begins with; nothing where that names no certificate
  bool is_alone = false;         ///< whether the text is nothing but 64 digits, or a link
  std::size_t further = 0;       ///< how many other certificates the text names
};

/// Reads a text without space around it.
HashText hash_in(std::string_view text);

/// Whether a text begins as a link to crt.sh, whatever it names.
bool is_link(std::string_view text);

/// Whether a text is hashes and what may stand between them.
bool is_all_hashes(std::string_view text);

}  // namespace cita::evidence
