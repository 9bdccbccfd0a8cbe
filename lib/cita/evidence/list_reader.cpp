#include <cita/base/text.hpp>
#include <cita/evidence/hash_text.hpp>
#include <cita/evidence/list_reader.hpp>
#include <cita/evidence/not_applicable.hpp>

#include <algorithm>
#include <cstring>

namespace cita::evidence {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
// A field with line breaks has no more of them than this, or its quote was never closed.
constexpr std::uint64_t most_joined_lines = 16;
// How much is looked through before its rows are read: at most what is still near then, and little while most rows are usual.
constexpr std::size_t largest_piece = std::size_t{1} << 16U, smallest_piece = std::size_t{1} << 11U;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool equal_in_any_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view without_return(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// The ends of the fields of one row, quotes minded, its own end the last of them.
void split(std::string_view row, std::vector<std::uint32_t>& ends) {
  ends.clear();
  bool inside = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '"') inside = !inside;
    if (row[i] == ',' && !inside) ends.push_back(static_cast<std::uint32_t>(i));
  }
  ends.push_back(static_cast<std::uint32_t>(row.size()));
}

// A field without its quotes. Where nothing has to be taken out of it, it stays where it is.
std::string_view without_quotes(std::string_view field, std::string& memory) {
  field.remove_prefix(1);
  if (!field.empty() && field.back() == '"') field.remove_suffix(1);
  if (field.find('"') == std::string_view::npos) return field;
  memory.clear();
  for (std::size_t i = 0; i < field.size(); ++i) {
    memory += field[i];
    if (field[i] == '"' && i + 1 < field.size() && field[i + 1] == '"') ++i;
  }
  return memory;
}

std::string_view unquoted(std::string_view field, std::string& memory) {
  return field.empty() || field.front() != '"' ? field : without_quotes(field, memory);
}

// Quotes around the whole field or none, and inside of them only pairs.
bool well_quoted(std::string_view field) {
  if (field.find('"') == std::string_view::npos) return true;
  if (field.size() < 2 || field.front() != '"' || field.back() != '"') return false;
  field = field.substr(1, field.size() - 2);
  if (field.find('"') == std::string_view::npos) return true;
  for (std::size_t i = 0; i < field.size(); ++i)
    if (field[i] == '"' && (++i == field.size() || field[i] != '"')) return false;
  return true;
}

bool all_well_quoted(std::string_view row, const std::vector<std::uint32_t>& ends) {
  std::size_t begin = 0;
  for (const std::uint32_t end : ends) {
    std::string_view field = row.substr(begin, end - begin);
    if (end == row.size()) field = without_return(field);
    if (!well_quoted(field)) return false;
    begin = end + 1;
  }
  return true;
}

bool is_yes(std::string_view text) { return text.size() == 3 && text[0] == 'Y' && text[1] == 'e' && text[2] == 's'; }

// What turns the direction of text, or is not seen at all. A byte that is no UTF-8 is another problem.
bool has_hidden_characters(std::string_view text) {
  const auto found = text::hidden_characters(text);
  return std::any_of(found.begin(), found.end(), [](const text::Hidden& each) { return each.name.starts_with("U+"); });
}

class Header {
 public:
  Header(std::uint64_t line, const std::vector<std::string>& names, ListLayout& layout, ListFaults& faults)
      : line_(line), names_(names), layout_(layout), faults_(faults) {}

  void read(AskedForm asked) {
    layout_.place.fill(ListLayout::absent);
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      if (!names_[i].empty() && begins_formula[static_cast<unsigned char>(names_[i].front())] != 0)
        fault(ListProblem::formula, i);
      if (!text::is_utf8(names_[i])) fault(ListProblem::not_utf8, i);
      if (has_hidden_characters(names_[i])) fault(ListProblem::hidden_character, i);
      place(i, asked != AskedForm::none);
    }
    for (std::size_t i = 0; i < column_count && asked != AskedForm::none; ++i)
      if (layout_.place[i] == ListLayout::absent)
        faults_.add(ListProblem::missing_column, line_, 0, name(static_cast<Column>(i)), {});
    if (asked == AskedForm::columns_in_order) check_places();
  }

 private:
  void check_places() {
    std::uint32_t last = 0;
    for (const std::uint32_t field : layout_.place)
      if (field != ListLayout::absent) last = std::max(last, field);
    for (std::uint32_t i = 0; i < names_.size(); ++i) {
      const auto found = std::find(layout_.place.begin(), layout_.place.end(), i);
      if (found == layout_.place.end()) {
        if (i < last && !repeated(i)) fault(ListProblem::extra_column, i);
      } else if (!follows_its_neighbour(static_cast<std::size_t>(found - layout_.place.begin()))) {
        fault(ListProblem::moved_column, i);
      }
    }
  }

  void fault(ListProblem problem, std::uint32_t i) { faults_.add(problem, line_, i + 1, names_[i], names_[i]); }

  static std::optional<std::size_t> column_called(std::string_view text) {
    for (std::size_t i = 0; i < column_count; ++i)
      if (equal_in_any_case(text, name(static_cast<Column>(i)))) return i;
    return std::nullopt;
  }

  void place(std::uint32_t i, bool is_asked) {
    const auto column = column_called(trimmed(names_[i]));
    if (!column) return;
    if (layout_.place[*column] != ListLayout::absent) return fault(ListProblem::repeated_column, i);
    layout_.place[*column] = i;
    if (is_asked && names_[i] != name(static_cast<Column>(*column))) fault(ListProblem::column_name, i);
  }

  bool repeated(std::uint32_t i) const { return column_called(trimmed(names_[i])).has_value(); }

  // Whether the nearest column in front of it that the list has stands left of it.
  bool follows_its_neighbour(std::size_t column) const {
    for (std::size_t i = column; i-- > 0;)
      if (layout_.place[i] != ListLayout::absent) return layout_.place[i] < layout_.place[column];
    return true;
  }

  std::uint64_t line_;
  const std::vector<std::string>& names_;
  ListLayout& layout_;
  ListFaults& faults_;
};

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view each) { return text.starts_with(each); });
}

// What kind of file it is that is no text in UTF-8, by how it begins.
std::optional<ListProblem> why_no_text(std::string_view all) {
  using namespace std::string_view_literals;
  if (begins_with_any(all, {"PK\x03\x04", "\xD0\xCF\x11\xE0"})) return ListProblem::workbook;
  if (begins_with_any(all, {"\3757zXZ", "\x28\xB5\x2F\xFD", "BZh", "7z\xBC\xAF", "\x1F\x9D"})) return ListProblem::other_packing;
  // Without a mark every other byte of it is zero, as long as it is ASCII.
  const auto is_zero = [&](std::size_t i) { return i < all.size() && all[i] == '\0'; };
  const bool is_wide = is_zero(0) != is_zero(1) && is_zero(0) == is_zero(2) && is_zero(1) == is_zero(3);
  if (is_wide || begins_with_any(all, {"\xFF\xFE", "\xFE\xFF", "\0\0\xFE\xFF"sv})) return ListProblem::other_encoding;
  return std::nullopt;
}

// What kind of file it is that is no list.
ListProblem why_no_list(std::string_view first_line) {
  const auto names_with = [&](char separator) {
    std::string other(first_line);
    std::replace(other.begin(), other.end(), separator, ',');
    std::vector<std::uint32_t> ends;
    split(other, ends);
    return ends.size() >= column_count && other.find(name(Column::certificate_hash)) != std::string::npos;
  };
  return names_with(';') || names_with('\t') ? ListProblem::other_separator : ListProblem::unknown_form;
}

// How long the first row of a text is, and how many lines it has: more than one only where all of its quotes are right.
struct FirstRow {
  std::size_t size = 0;
  std::uint64_t lines = 1;
  bool is_open = false;  // it may end behind the text
};

FirstRow first_row(std::string_view text) {
  std::size_t end = 0, first_end = 0;
  std::uint64_t lines = 0;
  bool open = false;
  do {
    const std::size_t from = lines == 0 ? 0 : end + 1;
    end = std::min(text.find('\n', from), text.size());
    const std::string_view line = text.substr(from, end - from);
    open ^= std::count(line.begin(), line.end(), '"') % 2 != 0;
    if (++lines == 1) first_end = end;
  } while (open && end < text.size() && lines < most_joined_lines);
  std::vector<std::uint32_t> ends;
  if (lines > 1 && !open) split(text.substr(0, end), ends);
  if (ends.empty() || !all_well_quoted(text.substr(0, end), ends))
    return {first_end, 1, open && end == text.size() && lines <= most_joined_lines};
  return {end, lines, false};
}

}  // namespace

ListLayout layout_of(std::string_view beginning, ListFaults& faults, AskedForm asked) {
  ListLayout layout;
  const std::string_view all = beginning;
  // Columns may well be named inside of something else.
  if (const auto problem = why_no_text(all)) {
    faults.add(*problem, 1, 0, {}, all.substr(0, all.find('\n')));
    return layout;
  }
  if (beginning.starts_with(byte_order_mark)) beginning.remove_prefix(byte_order_mark.size());
  std::string_view line;
  // The first line that is not empty.
  std::size_t line_at = 0, after = static_cast<std::size_t>(beginning.data() - all.data());
  while (after < all.size() && trimmed(line).empty()) {
    line_at = after;
    const auto feed = all.find('\n', after);
    line = all.substr(after, (feed == std::string_view::npos ? all.size() : feed) - after);
    after = feed == std::string_view::npos ? all.size() : feed + 1;
    ++layout.lines_before;
  }
  line = without_return(line);
  const std::uint64_t line_number = layout.lines_before;
  if (trimmed(line).find('\r') != std::string_view::npos) {
    faults.add(ListProblem::other_line_ends, line_number, 0, {}, line);
    return layout;
  }
  const auto [size, lines, is_open] = first_row(all.substr(line_at));
  if (line_at + size == all.size() && all.size() >= longest_row) {
    faults.add(why_no_list({}), line_number, 0, {}, line);
    return layout;
  }
  const std::string_view row = without_return(all.substr(line_at, size));
  std::vector<std::uint32_t> ends;
  split(row, ends);
  if (is_link(trimmed(row)) || (ends.size() < column_count && is_all_hashes(trimmed(row)))) {
    layout.form = ListForm::links;
    layout.start = line_at;
    --layout.lines_before;
    return layout;
  }
  std::size_t begin = 0;
  for (const std::uint32_t end : ends) {
    std::string memory;
    layout.names.emplace_back(unquoted(row.substr(begin, end - begin), memory));
    begin = end + 1;
  }
  layout.fields = static_cast<std::uint32_t>(ends.size());
  const auto is_name = [](const std::string& text) {
    for (std::size_t i = 0; i < column_count; ++i)
      if (equal_in_any_case(trimmed(text), name(static_cast<Column>(i)))) return true;
    return false;
  };
  if (std::any_of(layout.names.begin(), layout.names.end(), is_name)) {
    layout.form = ListForm::csv;
    layout.start = std::min(line_at + size + 1, all.size());
    layout.lines_before += lines - 1;
    layout.are_names_open = is_open;
    Header(line_number, layout.names, layout, faults).read(asked);
    return layout;
  }
  const auto is_hash = [](const std::string& text) { return text.size() == 64 && is_hex(text); };
  if (layout.fields < column_count || (!is_hash(layout.names[0]) && !is_hash(layout.names[1]))) {
    faults.add(why_no_list(line), line_number, 0, {}, line);
    return layout;
  }
  layout.form = ListForm::csv;
  layout.start = line_at;
  faults.add(ListProblem::no_header, line_number, 0, {}, {});
  --layout.lines_before;
  for (std::uint32_t i = 0; i < column_count; ++i) layout.place[i] = i;
  layout.names.clear();
  return layout;
}

inline std::string_view BlockReader::raw(std::uint32_t field) const {
  if (field >= fields_.ends.size()) return {};
  const char* const base = block_.data() + fields_.base;
  const char* const begin = field == 0 ? block_.data() + fields_.begin : base + fields_.ends[field - 1] + 1;
  const std::string_view text(begin, static_cast<std::size_t>(base + fields_.ends[field] - begin));
  return field + 1 == fields_.ends.size() ? without_return(text) : text;
}

std::string_view BlockReader::written(Column column) const { return raw(layout_.field(column)); }

inline std::string_view BlockReader::cell(Column column) {
  return unquoted(raw(layout_.field(column)), unquoted_[static_cast<std::size_t>(column)]);
}

BlockReader::BlockReader(const ListLayout& layout, const ListContext& context, ScanWay way)
    : layout_(layout),
      as_of_(context.as_of),
      asked_(context.asked),
      validity_("UTC"),
      revocation_(context.zone),
      usual_(layout_, way),
      finder_(way),
      piece_(smallest_piece) {}

BlockEnd BlockReader::read(std::string_view block, std::uint64_t offset, std::size_t wanted, bool is_last, const Sink& sink,
                           ListFaults& faults, std::uint64_t lines_before) {
  block_ = block;
  offset_ = offset;
  lines_before_ = lines_before;
  sink_ = &sink;
  faults_ = &faults;
  end_ = {};
  wanted = std::min(wanted, block.size());
  while (end_.next < wanted && !end_.is_inside_row) {
    piece_ = read_usual_rows(wanted) ? smallest_piece : std::min(2 * piece_, largest_piece);
    if (end_.next >= wanted) break;
    const std::size_t base = end_.next, size = std::min(wanted - base, piece_);
    read_rows(finder_.find(block.substr(base, size)), base);
    // Within the wanted part the next piece begins with the row that this one did not hold.
    if (end_.next > base && base + size < wanted) continue;
    if (end_.next < wanted && !read_slowly(is_last)) break;
  }
  return end_;
}

// As many as come. False: so few that there is no point in trying often.
bool BlockReader::read_usual_rows(std::size_t wanted) {
  constexpr std::uint64_t worth_it = 8;
  const std::uint64_t rows_before = end_.rows;
  while (end_.next < wanted) {
    row_.clear();
    const std::size_t size = usual_.read(block_.substr(end_.next, longest_row), row_);
    if (size == 0) break;
    fields_ = {end_.next, end_.next, usual_.ends(), 1, usual_.is_plain(), true};
    row_.line = lines_before_ + ++end_.lines;
    row_.hash_at = offset_ + end_.next + (row_.has_certificate ? fields_.ends.front() + 1 : 0);
    row_.source = this;
    ++end_.rows;
    read_usual_words();
    check_revocation();
    if (!fields_.is_plain) check_characters();
    (*sink_)(row_);
    end_.next += size;
  }
  return end_.rows - rows_before >= worth_it;
}

// Most rows say that they are revoked, for the reason of the row before.
void BlockReader::read_usual_words() {
  const char* const row = block_.data() + fields_.begin;
  const auto text_of = [&](Column column) {
    const auto field = static_cast<std::size_t>(column);
    const std::uint32_t begin = fields_.ends[field - 1] + 1;
    return std::string_view(row + begin, fields_.ends[field] - begin);
  };
  if (is_yes(text_of(Column::is_revoked))) row_.claim = Claim::revoked;
  else read_claim();
  const std::string_view reason = text_of(Column::revocation_reason);
  if (!reason.empty() && reason == last_reason_text_) row_.reason = last_reason_;
  else read_reason();
}

void BlockReader::read_rows(const Separators& found, std::size_t base) {
  std::size_t first = 0;
  for (const Separators::Row& row : found.rows) {
    Fields fields{end_.next, base, found.ends.subspan(first, row.last + 1 - first), 1};
    fields.is_plain = found.is_plain;
    fields.is_clean = looks_clean(fields, row.quotes);
    read_row(fields);
    first = row.last + 1;
    end_.next = base + found.ends[row.last] + 1;
  }
}

// Whether each quote of a row that ends with a line feed begins or ends a field, and no field begins as a formula does.
bool BlockReader::looks_clean(const Fields& fields, std::uint32_t quotes) const {
  const char* const text = block_.data() + fields.base;
  const char* field = block_.data() + fields.begin;
  std::uint32_t outer = 0;
  unsigned formulas = 0;
  for (const std::uint32_t end : fields.ends) {
    const char* const stop = text + end;
    if (*field == '"') {
      formulas |= begins_formula[static_cast<unsigned char>(field[1])];
      const bool returns = *stop == '\n' && stop[-1] == '\r';
      outer += stop - field > (returns ? 2 : 1) && stop[returns ? -2 : -1] == '"' ? 2U : 0U;
    } else {
      formulas |= begins_formula[static_cast<unsigned char>(*field)];
    }
    field = stop + 1;
  }
  return outer == quotes && formulas == 0;
}

// A row that ends behind the wanted part, has line breaks in its fields, or is broken. False: it does not end in this block.
bool BlockReader::read_slowly(bool is_last) {
  const std::string_view rest = block_.substr(end_.next, longest_row);
  std::size_t end = 0, first_line = 0;
  std::uint64_t lines = 0;
  bool open = false;
  do {
    const auto feed = rest.find('\n', end == 0 ? 0 : end + 1);
    const bool at_end = feed == std::string_view::npos;
    if (at_end && rest.size() < longest_row && !is_last) return false;
    if (at_end && rest.size() == longest_row) break;
    const std::size_t from = end;
    end = at_end ? rest.size() : feed;
    open ^=
        std::count(rest.begin() + static_cast<std::ptrdiff_t>(from), rest.begin() + static_cast<std::ptrdiff_t>(end), '"') % 2 !=
        0;
    if (++lines == 1) first_line = end;
    if (at_end) break;
  } while (open && lines < most_joined_lines);
  const auto broken = [&](ListProblem problem, std::size_t size) {
    faults_->add(problem, lines_before_ + end_.lines + 1, 0, {}, rest.substr(0, size));
    ++end_.lines;
    ++end_.rows;
    ++end_.unreadable;
    end_.next += std::min(size + 1, block_.size() - end_.next);
    return true;
  };
  if (lines == 0) {
    const auto feed = block_.find('\n', end_.next + rest.size());
    end_.is_inside_row = feed == std::string_view::npos;
    return broken(ListProblem::long_row, std::min(feed, block_.size()) - end_.next);
  }
  if (open) return broken(ListProblem::open_quote, first_line);
  split(rest.substr(0, end), slow_ends_);
  // Line breaks belong to a field only where everything else about the row is right.
  if (lines > 1 && (slow_ends_.size() != layout_.fields || !all_well_quoted(rest.substr(0, end), slow_ends_)))
    return broken(ListProblem::open_quote, first_line);
  read_row({end_.next, end_.next, slow_ends_, lines});
  end_.next += std::min(end + 1, block_.size() - end_.next);
  return true;
}

void BlockReader::read_row(const Fields& fields) {
  fields_ = fields;
  row_.clear();
  row_.line = lines_before_ + end_.lines + 1;
  end_.lines += fields.lines;
  // Nearly all rows of a list have its commas.
  if (fields.ends.size() != layout_.fields || fields.ends.size() == 1) {
    const std::size_t stop = fields.base + fields.ends.back();
    const std::string_view text = without_return(block_.substr(fields.begin, stop - fields.begin));
    if (trimmed(text).empty()) return;
    ++end_.rows;
    if (layout_.form == ListForm::links) return read_link(text);
    if (fields.ends.size() != layout_.fields) {
      ++end_.unreadable;
      return fault(ListProblem::field_count, std::to_string(fields.ends.size()) + " fields, not " +
                                                 std::to_string(layout_.fields) + ": " + std::string(text));
    }
  } else {
    ++end_.rows;
  }
  read_fields();
  (*sink_)(row_);
}

void BlockReader::read_fields() {
  row_.source = this;
  read_hashes();
  read_date(Column::not_before, validity_, row_.not_before);
  read_date(Column::not_after, validity_, row_.not_after);
  read_serial();
  read_claim();
  read_date(Column::revocation_date, revocation_, row_.revocation_date);
  read_reason();
  check_filled();
  check_revocation();
  if (!fields_.is_plain) check_characters();
  if (!fields_.is_clean) check_texts();
}

void BlockReader::read_link(std::string_view line) {
  row_.hash_at = offset_ + fields_.begin;
  const HashText hash = hash_in(trimmed(line));
  count_unread(hash.further);
  if (!hash.digest) {
    ++end_.unreadable;
    return fault(ListProblem::bad_link, line);
  }
  if (hash.further > 0) fault(ListProblem::several_hashes, line);
  else if (!hash.is_alone) fault(ListProblem::hash_form, line);
  row_.digest = hash.digest;
  row_.has_certificate = true;
  (*sink_)(row_);
}

void BlockReader::fault(ListProblem problem, Column column, std::string_view value) {
  if (asked_ == AskedForm::none && is_of_template(problem)) return;
  const std::uint32_t field = layout_.field(column);
  faults_->add(problem, row_.line, field == ListLayout::absent ? 0 : field + 1, name(column), value);
}

void BlockReader::fault(ListProblem problem, std::string_view value) {
  if (asked_ == AskedForm::none && is_of_template(problem)) return;
  faults_->add(problem, row_.line, 0, {}, value);
}

void BlockReader::read_hashes() {
  Digest precertificate;
  std::uint64_t precertificate_at = 0;
  row_.has_precertificate = read_hash(Column::precertificate_hash, precertificate, precertificate_at);
  row_.has_certificate = read_hash(Column::certificate_hash, row_.digest.emplace(), row_.hash_at);
  if (row_.has_certificate) {
    if (row_.has_precertificate && row_.digest->front() == precertificate.front() && *row_.digest == precertificate)
      fault(ListProblem::same_hashes, Column::certificate_hash, hex(precertificate));
  } else if (row_.has_precertificate) {
    row_.digest = precertificate;
    row_.hash_at = precertificate_at;
  } else {
    row_.digest.reset();
    row_.hash_at = 0;
    // One that cannot be read was told already.
    if (says_nothing(Column::certificate_hash) && says_nothing(Column::precertificate_hash))
      fault(ListProblem::no_hash, Column::certificate_hash, {});
  }
}

namespace {

// The field that a text begins with, with its quotes.
std::string_view field_in(std::string_view text) {
  bool inside = false;
  std::size_t end = 0;
  for (; end < text.size() && (inside || (text[end] != ',' && text[end] != '\n')); ++end) inside ^= text[end] == '"';
  return text.substr(0, end);
}

}  // namespace

std::optional<Digest> digest_written_at(std::string_view text, std::size_t at, ListForm form) {
  text.remove_prefix(at);
  if (form == ListForm::links) return hash_in(trimmed(text.substr(0, text.find('\n')))).digest;
  std::string memory;
  return hash_in(trimmed(unquoted(without_return(field_in(text)), memory))).digest;
}

bool BlockReader::read_hash(Column column, Digest& digest, std::uint64_t& at) {
  const std::string_view field = raw(layout_.field(column));
  const std::string_view text = unquoted(field, unquoted_[static_cast<std::size_t>(column)]);
  at = offset_ + static_cast<std::uint64_t>(field.data() - block_.data());
  if (read_digest(text, digest)) return true;
  if (is_not_applicable(trimmed(text))) return false;
  const HashText hash = hash_in(trimmed(text));
  // Tools write several precertificates of one certificate into one field.
  const bool may_be_several = column == Column::precertificate_hash;
  if (!may_be_several) count_unread(hash.further);
  if (!hash.digest) {
    fault(ListProblem::bad_hash, column, text);
    return false;
  }
  digest = *hash.digest;
  const ListProblem several = may_be_several ? ListProblem::several_precertificates : ListProblem::several_hashes;
  fault(hash.further > 0 ? several : ListProblem::hash_form, column, text);
  return true;
}

void BlockReader::count_unread(std::size_t rows) {
  end_.rows += rows;
  end_.unreadable += rows;
}

bool BlockReader::says_nothing(Column column) { return is_not_applicable(trimmed(cell(column))); }

void BlockReader::read_serial() {
  std::string_view text = cell(Column::serial);
  if (text.size() % 2 == 0 && text.size() >= 2 && text.size() <= 2 * Serial::most_octets && !is_decimal_serial(text)) {
    Serial& serial = row_.serial.emplace();
    serial.size = static_cast<std::uint8_t>(text.size() / 2);
    if (read_hex(text, serial.octets.data()) && serial.octets[0] != 0) return;
    row_.serial.reset();
  }
  const bool is_plain = is_hex(text);
  text = trimmed(text);
  const std::string_view written = text;
  if (is_not_applicable(text)) return;
  if (is_decimal_serial(text)) return fault(ListProblem::decimal_serial, Column::serial, written);
  std::string digits;
  if (!is_plain) {
    digits = digits_of(text);
    // A dash in front is a sign.
    if (text.front() == '-' || !is_hex(digits)) return fault(ListProblem::bad_serial, Column::serial, written);
    fault(ListProblem::serial_form, Column::serial, written);
    text = digits;
  }
  while (!text.empty() && text.front() == '0') text.remove_prefix(1);
  Serial serial;
  if (text.empty()) return fault(ListProblem::serial_zero, Column::serial, written);
  if (text.size() > 2 * Serial::most_octets) return fault(ListProblem::serial_length, Column::serial, written);
  std::size_t at = 0;
  if (text.size() % 2 != 0) serial.octets[serial.size++] = static_cast<std::uint8_t>(hex_value(text[at++]));
  for (; at < text.size(); at += 2)
    serial.octets[serial.size++] = static_cast<std::uint8_t>(hex_value(text[at]) * 16 + hex_value(text[at + 1]));
  row_.serial = serial;
}

void BlockReader::read_date(Column column, TimeReader& reader, std::optional<Bounds>& bounds) {
  const std::string_view text = cell(column);
  if (const auto instant = template_instant(text)) {
    bounds = Bounds::exact(*instant);
    return;
  }
  bounds = reader.read(text);
  if (bounds || is_not_applicable(trimmed(text))) return;
  bounds = reader.read(trimmed(text));
  if (!bounds) fault(ListProblem::bad_date, column, text);
}

void BlockReader::read_claim() {
  struct Word {
    std::string_view text;
    Claim claim;
    bool allowed;
  };
  static constexpr Word words[] = {{"Yes", Claim::revoked, true},
                                   {"Planned", Claim::planned, true},
                                   {"Delayed", Claim::delayed, true},
                                   {"N/A", Claim::expired, true},
                                   {"No", Claim::not_revoked, false}};
  if (layout_.field(Column::is_revoked) == ListLayout::absent) return;
  const std::string_view text = cell(Column::is_revoked);
  if (is_yes(text)) {
    row_.claim = Claim::revoked;
    return;
  }
  for (const Word& word : words) {
    if (text == word.text && word.allowed) {
      row_.claim = word.claim;
      return;
    }
    if (equal_in_any_case(trimmed(text), word.text)) row_.claim = word.claim;
  }
  if (asked_ == AskedForm::none && (row_.claim != Claim::nothing || trimmed(text).empty())) return;
  fault(ListProblem::bad_word, Column::is_revoked, text);
}

void BlockReader::read_reason() {
  const std::string_view written = cell(Column::revocation_reason);
  if (!written.empty() && written == last_reason_text_) {
    row_.reason = last_reason_;
    return;
  }
  const std::string_view text = trimmed(written);
  if (is_not_applicable(text)) return;
  row_.reason = named<CrlReason>(text);
  if (row_.reason) {
    last_reason_text_ = written;
    last_reason_ = *row_.reason;
    return;
  }
  // "key compromise" is the same word, and so is its number.
  std::string plain;
  for (const char c : text)
    if (c != '-' && c != ' ' && c != '_') plain += c;
  const auto all = names<CrlReason>();
  for (std::size_t code = 0; code < all.size(); ++code)
    if (all[code].front() != '(' && (equal_in_any_case(plain, all[code]) || text == std::to_string(code))) {
      row_.reason = static_cast<CrlReason>(code);
      return;
    }
  fault(ListProblem::bad_reason, Column::revocation_reason, text);
}

// Every certificate has these; N/A may stand for a name alone.
void BlockReader::check_filled() {
  const auto check = [this](Column column, bool may_be_not_applicable) {
    if (layout_.field(column) == ListLayout::absent) return;
    const std::string_view text = trimmed(cell(column));
    if (text.empty() || (!may_be_not_applicable && is_not_applicable(text))) fault(ListProblem::empty_field, column, text);
  };
  check(Column::subject, true);
  check(Column::issuer, true);
  for (const Column column : {Column::not_before, Column::not_after, Column::serial}) check(column, false);
}

void BlockReader::check_revocation() {
  if (row_.not_before && row_.not_after && row_.not_after->last < row_.not_before->first)
    fault(ListProblem::dates_reversed, Column::not_after, cell(Column::not_after));
  const auto& date = row_.revocation_date;
  const auto date_fault = [this](ListProblem problem) {
    fault(problem, Column::revocation_date, raw(layout_.field(Column::revocation_date)));
  };
  // One that cannot be read was told already.
  const auto no_date_fault = [&](ListProblem problem) {
    if (says_nothing(Column::revocation_date)) date_fault(problem);
  };
  switch (row_.claim) {
    case Claim::revoked:
      if (!date) no_date_fault(ListProblem::revoked_without_date);
      else if (date->first > as_of_) date_fault(ListProblem::revoked_later);
      else if (row_.not_before && date->last < row_.not_before->first) date_fault(ListProblem::revoked_before_issued);
      break;
    case Claim::planned:
      if (!date) no_date_fault(ListProblem::plan_without_date);
      [[fallthrough]];
    case Claim::delayed:
      // What is delayed need not be planned: each edition allows N/A instead of a date.
      if (date && date->last < as_of_) date_fault(ListProblem::plan_has_passed);
      break;
    case Claim::expired:
      if (row_.not_after && row_.not_after->first > as_of_) fault(ListProblem::not_expired, Column::is_revoked, "N/A");
      break;
    case Claim::nothing:
    case Claim::not_revoked: break;
  }
}

// One fault of a kind for each field.
void BlockReader::check_characters() {
  const std::string_view row = block_.substr(fields_.begin, fields_.base + fields_.ends.back() - fields_.begin);
  const bool is_utf8 = text::is_utf8(row);
  if (is_utf8 && !has_hidden_characters(row)) return;
  bool is_first = true;
  for (std::uint32_t field = 0; field < fields_.ends.size(); ++field) {
    const std::string_view written = raw(field);
    if (is_first && !is_utf8 && !text::is_utf8(written)) {
      faults_->add(ListProblem::not_utf8, row_.line, field + 1, field_name(field), written);
      is_first = false;
    }
    if (has_hidden_characters(written))
      faults_->add(ListProblem::hidden_character, row_.line, field + 1, field_name(field), written);
  }
}

std::string_view BlockReader::field_name(std::uint32_t field) const {
  return field < layout_.names.size() ? std::string_view(layout_.names[field]) : std::string_view();
}

void BlockReader::check_texts() {
  for (std::uint32_t field = 0; field < fields_.ends.size(); ++field) {
    const std::string_view written = raw(field);
    if (written.empty()) continue;
    const bool quoted = written.front() == '"';
    const char first = quoted && written.size() > 1 ? written[1] : written.front();
    if (begins_formula[static_cast<unsigned char>(first)] != 0)
      faults_->add(ListProblem::formula, row_.line, field + 1, field_name(field), written);
    if ((quoted || std::memchr(written.data(), '"', written.size()) != nullptr) && !well_quoted(written))
      faults_->add(ListProblem::bad_quotes, row_.line, field + 1, field_name(field), written);
  }
}

}  // namespace cita::evidence
