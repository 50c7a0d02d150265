import { Controller, File, Post, UploadFile, Vivace, bytes } from 'vivace';

@Controller()
class Routes {
  @Post('/list-bytes', { operationId: 'list_bytes' })
  read_list_bytes(@File() p: bytes[]) {
    return { file_size: p.map((file) => file.length) };
  }

  @Post('/list-uploadfile', { operationId: 'list_uploadfile' })
  read_list_uploadfile(@File() p: UploadFile[]) {
    return { file_size: p.map((file) => file.size) };
  }

  @Post('/list-bytes-alias', { operationId: 'list_bytes_alias' })
  read_list_bytes_alias(@File('p_alias') p: bytes[]) {
    return { file_size: p.map((file) => file.length) };
  }

  @Post('/list-uploadfile-alias', { operationId: 'list_uploadfile_alias' })
  read_list_uploadfile_alias(@File('p_alias') p: UploadFile[]) {
    return { file_size: p.map((file) => file.size) };
  }

  @Post('/list-bytes-validation-alias', { operationId: 'list_bytes_validation_alias' })
  read_list_bytes_validation_alias(@File('p_val_alias') p: bytes[]) {
    return { file_size: p.map((file) => file.length) };
  }

  @Post('/list-uploadfile-validation-alias', { operationId: 'list_uploadfile_validation_alias' })
  read_list_uploadfile_validation_alias(@File('p_val_alias') p: UploadFile[]) {
    return { file_size: p.map((file) => file.size) };
  }

  @Post('/list-bytes-alias-and-validation-alias', {
    operationId: 'list_bytes_alias_and_validation_alias',
  })
  read_list_bytes_alias_and_validation_alias(@File('p_val_alias') p: bytes[]) {
    return { file_size: p.map((file) => file.length) };
  }

  @Post('/list-uploadfile-alias-and-validation-alias', {
    operationId: 'list_uploadfile_alias_and_validation_alias',
  })
  read_list_uploadfile_alias_and_validation_alias(@File('p_val_alias') p: UploadFile[]) {
    return { file_size: p.map((file) => file.size) };
  }
}

export const app = new Vivace({ controllers: [Routes] });
