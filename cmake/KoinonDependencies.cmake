# Every outside library, found once. All come from the system's packages; CONTRIBUTING names them.
find_package(Threads REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Boost 1.74 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(ZLIB REQUIRED)
find_package(LibLZMA REQUIRED)

find_path(KOINON_STEMMER_INCLUDE libstemmer.h REQUIRED)
find_library(KOINON_STEMMER_LIBRARY stemmer REQUIRED)
find_path(KOINON_RAPTOR_INCLUDE raptor2.h PATH_SUFFIXES raptor2 REQUIRED)
find_library(KOINON_RAPTOR_LIBRARY raptor2 REQUIRED)
find_path(KOINON_CLD2_INCLUDE cld2/public/compact_lang_det.h REQUIRED)
find_library(KOINON_CLD2_LIBRARY cld2 REQUIRED)
find_path(KOINON_XXHASH_INCLUDE xxhash.h REQUIRED)

# SQLiteCpp 3.2 exports its target without a namespace, later ones with.
if(TARGET SQLiteCpp AND NOT TARGET SQLiteCpp::SQLiteCpp)
  add_library(SQLiteCpp::SQLiteCpp ALIAS SQLiteCpp)
endif()
