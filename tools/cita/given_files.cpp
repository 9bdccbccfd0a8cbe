#include "given_files.hpp"
#include "command.hpp"

#include <cita/evidence/byte_source.hpp>
#include <cita/evidence/der.hpp>
#include <cita/evidence/list_reader.hpp>
#include <cita/evidence/pem.hpp>

#include <algorithm>
#include <filesystem>

namespace cita::tool {

namespace {

using namespace evidence;

enum class FileKind : std::uint8_t { crl, certificate, answer };
using FileKinds = std::vector<FileKind>;

// Of all blocks, each once.
FileKinds kinds_of_pem(std::string_view text) {
  constexpr std::string_view mark = "-----BEGIN ";
  FileKinds kinds;
  const auto add = [&kinds](FileKind kind) {
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  };
  text = without_byte_order_mark(text);
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + mark.size())) {
    if (at > 0 && text[at - 1] != '\n') continue;
    const std::string_view name = text.substr(at + mark.size());
    if (name.starts_with("X509 CRL-----")) add(FileKind::crl);
    for (const std::string_view each : {"CERTIFICATE-----", "X509 CERTIFICATE-----", "TRUSTED CERTIFICATE-----"})
      if (name.starts_with(each)) add(FileKind::certificate);
  }
  return kinds;
}

// The content of a sequence, as far as it is there; nothing where none begins the text.
std::optional<std::string_view> inside_sequence(std::string_view text) {
  std::size_t header = 0;
  if (text.empty() || static_cast<unsigned char>(text.front()) != der::sequence || !der::claimed_size(text, header))
    return std::nullopt;
  return text.substr(header);
}

// A certificate of version 1 has a serial number where a CRL has its version, and two times where that has one.
bool is_old_certificate(std::string_view signed_part) {
  const bool has_number = der::take(signed_part, der::integer).has_value();
  der::take(signed_part, der::sequence);
  const bool has_issuer = der::take(signed_part, der::sequence).has_value();
  return has_number && has_issuer && der::take(signed_part, der::sequence);
}

// A response begins with its status, a certificate with the tag of its version, and a CRL with its version or algorithm.
std::optional<FileKind> kind_of_der(std::string_view text) {
  constexpr unsigned char version_of_certificate = 0xA0;
  const auto all = inside_sequence(text);
  if (!all || all->empty()) return std::nullopt;
  if (static_cast<unsigned char>(all->front()) == der::enumerated) return FileKind::answer;
  const auto signed_part = inside_sequence(*all);
  if (!signed_part || signed_part->empty()) return std::nullopt;
  const auto first = static_cast<unsigned char>(signed_part->front());
  if (first == version_of_certificate || is_old_certificate(*signed_part)) return FileKind::certificate;
  return first == der::integer || first == der::sequence ? std::optional(FileKind::crl) : std::nullopt;
}

// None for what may be a list.
FileKinds kinds_of(const std::string& path) {
  constexpr std::size_t most_of_der = std::size_t{1} << 16U, most_of_pem = std::size_t{1} << 20U;
  std::error_code error;
  std::string problem, beginning(most_of_der, '\0');
  // What comes through a pipe can be read only once.
  const auto source = std::filesystem::is_regular_file(path, error) ? ByteSource::open(path, problem) : nullptr;
  if (!source) return {};
  beginning.resize(source->read_on(beginning.data(), beginning.size()));
  ListFaults unheard;
  if (layout_of(beginning, unheard).form != ListForm::unknown) return {};
  if (const auto kind = kind_of_der(beginning)) return {*kind};
  FileKinds kinds = kinds_of_pem(beginning);
  if (beginning.size() < most_of_der || kinds.empty()) return kinds;
  beginning.resize(most_of_pem);
  beginning.resize(most_of_der + source->read_on(beginning.data() + most_of_der, most_of_pem - most_of_der));
  return kinds_of_pem(beginning);
}

}  // namespace

bool sort_out(std::vector<std::string>& lists, StatusPaths& status) {
  struct Place {
    std::string_view what, option;
    std::vector<std::string>& files;
    bool is_given;
  };
  const Place places[] = {{"a CRL", "--crl", status.crls, !status.crls.empty()},
                          {"a certificate", "--issuer", status.issuers, !status.issuers.empty()},
                          {"an OCSP response", "--ocsp", status.answers, !status.answers.empty()}};
  struct Found {
    std::string file;
    FileKinds kinds;
  };
  std::vector<Found> all;
  std::vector<std::string> kept;
  for (const std::string& each : lists) {
    all.push_back({each, kinds_of(each)});
    if (all.back().kinds.empty()) kept.push_back(each);
  }
  // What stands right behind an option may have more than that asks for.
  for (const Place& place : places)
    for (const std::string& each : place.files)
      if (FileKinds kinds = kinds_of(each); kinds.size() > 1) all.push_back({each, std::move(kinds)});
  bool good = true;
  for (const auto& [file, kinds] : all) {
    for (const FileKind kind : kinds) {
      const Place& place = places[static_cast<std::size_t>(kind)];
      if (place.is_given) {
        if (std::find(place.files.begin(), place.files.end(), file) == place.files.end()) place.files.push_back(file);
        continue;
      }
      complain(file + (kinds.size() > 1 ? " has " : " is ") + std::string(place.what) + "; write " + std::string(place.option) +
               " before it");
      good = false;
    }
  }
  lists = std::move(kept);
  return good;
}

}  // namespace cita::tool
