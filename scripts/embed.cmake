# embed(TARGET NAME FILE...): the files' bytes as a C table; SQL without its comments. Makes NAME.h with
#     extern const Embedded NAME[];      (base/embed.h; a row with a NULL name ends it)
# and adds NAME.c to the target. Made again when a file changes.
function(embed target name)
    set(directory ${CMAKE_BINARY_DIR}/embed)
    file(MAKE_DIRECTORY ${directory})
    list(JOIN ARGN "|" files)
    add_custom_command(
        OUTPUT ${directory}/${name}.c ${directory}/${name}.h
        COMMAND ${CMAKE_COMMAND} -DNAME=${name} "-DFILES=${files}" -DDIRECTORY=${directory}
                -P ${CMAKE_SOURCE_DIR}/scripts/embed.cmake
        DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/scripts/embed.cmake
        VERBATIM)
    target_sources(${target} PRIVATE ${directory}/${name}.c ${directory}/${name}.h)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
    string(REPLACE "|" ";" FILES "${FILES}")
    set(arrays "")
    set(rows "")
    set(index 0)
    foreach(file ${FILES})
        get_filename_component(base ${file} NAME)
        file(SIZE ${file} size)
        file(READ ${file} bytes HEX)
        if(base MATCHES "\\.sql$")
            # A server parses what it is sent, and a line may be slow: comments and indents stay here.
            file(READ ${file} text)
            string(REGEX REPLACE "(^|\n) *-- [^\n]*" "\\1" text "${text}")
            string(REGEX REPLACE "\n[\n ]+" "\n" text "${text}")
            string(HEX "${text}" bytes)
            string(LENGTH "${text}" size)
        endif()
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
        string(APPEND arrays "static const unsigned char file_${index}[] = {${bytes}0};\n")
        string(APPEND rows "    {\"${base}\", file_${index}, ${size}},\n")
        math(EXPR index "${index} + 1")
    endforeach()
    file(WRITE ${DIRECTORY}/${NAME}.h
         "#include \"base/embed.h\"\n\nextern const Embedded ${NAME}[];\n")
    file(WRITE ${DIRECTORY}/${NAME}.c
         "#include \"${NAME}.h\"\n\n${arrays}\nconst Embedded ${NAME}[] = {\n${rows}    {0, 0, 0},\n};\n")
endif()
